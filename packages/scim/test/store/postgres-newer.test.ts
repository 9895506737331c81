import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createScim } from '../../src/index.ts'
import { createDatabase } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'
import { live } from './life.ts'

test('statements that a process has prepared go on working when a newer one has added columns and tables', async () => {
  const { url, drop } = await createDatabase((await sharedCluster()).url)
  // Few connections, so that each has prepared what it is asked for later.
  const scim = await createScim({ database: url, publicUrl: 'https://app.optimaite.example', connections: 2 })
  const client = new pg.Client(url)
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await scim.close()
    await drop()
  })
  for (const workspace of ['one', 'two', 'three', 'four']) await live(scim, workspace)
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select relname as name, array_agg(attname::text) as columns from pg_class join pg_attribute on attrelid = pg_class.oid
    where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 group by relname`,
  )
  expect(rows.length).toBeGreaterThan(14)
  const { rows: steps } = await client.query<{ version: number }>('select version from scim_store')
  const newer = rows
    .filter(({ name }) => name !== 'scim_store')
    .map(({ name }) => `alter table ${name} add column newer text`)
  await client.query(
    [...newer, 'create table scim_newer (id bigint primary key)', 'update scim_store set version = version + 1'].join(
      ';',
    ),
  )
  for (const workspace of ['five', 'six']) await live(scim, workspace)
  expect(await scim.migrationStatus()).toMatchObject({ version: (steps[0]?.version ?? 0) + 1, pending: [] })
  // A new process of the older program starts on the newer tables too.
  const other = await createScim({ database: url, publicUrl: 'https://app.optimaite.example' })
  await live(other, 'seven').finally(() => other.close())
})
