import type { Pool, QueryResult } from 'pg'
import { expect, test } from 'vitest'
import { Queries, Session } from '../../src/store/postgres/session.ts'
import { statement } from '../../src/store/statement.ts'

const names = statement<{ key: number; id: string }>(
  `select columns(p.key, p.id) from each(:people bigint) as e
   find {people} p (p.workspace_id = :workspace and p.key = e.value)`,
)

test('an answer is read as its statement was written, whatever was compiled while it was under way', async () => {
  const queries = new Queries('scim_')
  const { promise, resolve } = Promise.withResolvers<Partial<QueryResult>>()
  const session = new Session(queries, { query: () => promise } as unknown as Pool)
  const asked = session.all(names, { workspace: 1, people: [1, 2] })
  for (let i = 0; i < 3_000; i++) queries.query(statement(`select ${i} as n`), {})
  resolve({ rows: [{ key: '[1,2]', id: '["usr_a","usr_b"]' }] })
  expect(await asked).toEqual([
    { key: 1, id: 'usr_a' },
    { key: 2, id: 'usr_b' },
  ])
})
