import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { wholeLife } from './life.ts'

/** Statements that walk a whole workspace because a whole workspace is asked for. */
const WALKS = [
  /^select count\(\*\) as count from scim_(groups|people)/,
  /order by [gp]\.id asc limit/,
  /from scim_tokens where workspace_id = \? order by key/,
  /from scim_(api_keys|setup_links) where workspace_id = \? order by created_at, id/,
  /from scim_workspaces order by slug/,
  /^delete from scim_.* limit/s,
  /from scim_store$/,
  // The foreign keys of a row that has none yet.
  /^insert into scim_workspaces/,
  /p\.updated_at < \?/,
  // Figures of workspaces, the first of their activity, and their tokens.
  /^select t\.workspace_id as workspace, count\(\*\) as count from scim_(groups|people)/,
  /^select w\.key as workspace,\s+\(select min\(a\.id\) from scim_activity a where a\.workspace_id = w\.key\) as first,/,
  /^select w\.key as workspace, t\.key, /,
  // Turning the guard off is about all that it holds.
  /^update scim_holds set status = 'lapsed'/,
  // The end of the feed: the last entry of the index.
  /order by c\.key desc limit 1$/,
]

const folder = mkdtempSync(join(tmpdir(), 'scim-plans-'))
const prepared = new Set<string>()
let scim: Scim

/** A connection that remembers what it prepared. */
function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 })
  const prepare = database.prepare.bind(database)
  database.prepare = ((sql: string) => {
    prepared.add(sql.trim())
    return prepare(sql)
  }) as typeof database.prepare
  return database
}

beforeAll(async () => {
  const store = await openSqlite({ file: join(folder, 'scim.db'), connect })
  scim = await createScim({ database: store, publicUrl: 'https://app.optimaite.example' })
  await wholeLife(scim, 'plans')
})

afterAll(async () => {
  await scim.close()
  rmSync(folder, { recursive: true })
})

function plan(sql: string): string[] {
  const database = new Database(join(folder, 'scim.db'), { readonly: true })
  try {
    const parameters = Array.from(sql.replaceAll(/'[^']*'/g, '').matchAll(/\?/g), () => null)
    return database
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
  } finally {
    database.close()
  }
}

/** A step that reads every row of a table, or every row that a workspace has in it. */
function walks(detail: string): boolean {
  return (
    /^SCAN (?:[a-z] )?USING|^SCAN (?:g|p|m|n|a|c|t|w|scim_\w+)$/.test(detail) || /\(workspace_id=\?\)$/.test(detail)
  )
}

test('no statement but a list walks a whole table or workspace', () => {
  const statements = [...prepared].filter(
    (sql) => /^(select|insert|update|delete|with)\b/.test(sql) && sql.includes('scim_'),
  )
  expect(statements.length).toBeGreaterThan(40)
  const found = statements
    .filter((sql) => !WALKS.some((pattern) => pattern.test(sql)))
    .flatMap((sql) =>
      plan(sql)
        .filter(walks)
        .map((detail) => `${detail} in ${sql}`),
    )
  expect(found).toEqual([])
})

test('no statement is planned anew for the bound of a select', () => {
  expect([...prepared].filter((sql) => /\b(?:limit|offset) \?/.test(sql))).toEqual([])
})
