import Database from 'better-sqlite3'
import pg from 'pg'
import { expect, test } from 'vitest'
import { columnsOn } from '../../src/store/copy/columns.ts'
import type { StoreKind } from '../../src/store/copy/ends.ts'
import { TABLES } from '../../src/store/tables.ts'
import { emptyPlace, openScim } from './support.ts'

/** What the list says of a kind of store, as `table.column`. */
function listed(kind: StoreKind): string[] {
  return TABLES.flatMap((table) => columnsOn(kind, table).map(({ name }) => `scim_${table.name}.${name}`)).sort()
}

const STEPS = /^scim_store\./

test('the list of tables has every column of SQLite', async () => {
  const place = await emptyPlace('sqlite')
  await openScim(place)
  const database = new Database(place.slice('sqlite:'.length), { readonly: true })
  const found = database
    .prepare<[], string>(
      `select m.name || '.' || c.name from sqlite_schema m join pragma_table_info(m.name) c
        where m.type = 'table' and m.name glob 'scim_*'`,
    )
    .pluck()
    .all()
  database.close()
  expect(found.filter((column) => !STEPS.test(column)).sort()).toEqual(listed('sqlite'))
})

test('the list of tables has every column of PostgreSQL that is not derived from others', async () => {
  const place = await emptyPlace('postgres')
  await openScim(place)
  const client = new pg.Client(place)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
      where starts_with(table_name, 'scim_') and is_generated = 'NEVER'`,
  )
  await client.end()
  const found = rows.map(({ name }) => name).filter((column) => !STEPS.test(column))
  expect(found.sort()).toEqual(listed('postgres'))
})
