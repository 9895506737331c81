import type { StoredColumn } from '../tables.ts'
import type { CopiedTable, Row, StoreKind } from './ends.ts'

/** From which kind of store to which. */
export interface Direction {
  readonly from: StoreKind
  readonly to: StoreKind
}

/** The columns that a store of a kind has. */
export function columnsOn(kind: StoreKind, { columns }: CopiedTable): readonly StoredColumn[] {
  return columns.filter(({ only }) => only === undefined || only === kind)
}

/**
 * How the source is asked for the columns of the target. On SQLite a change's key is its place in the feed, which on
 * PostgreSQL is a number of its own: so where one kind becomes the other, the place is what is kept, and the feed goes on
 * behind the last of a workspace's places.
 */
export function readColumns(table: CopiedTable, { from, to }: Direction): Readonly<Record<string, string>> {
  const special = from === to ? undefined : (from === 'sqlite' ? PLACES_FROM_KEYS : KEYS_FROM_PLACES)[table.name]
  return Object.fromEntries(
    columnsOn(to, table).map((column) => [column.name, special?.[column.name] ?? read(from, column)]),
  )
}

/** How the target is asked for what was written to it. */
export function writtenColumns(kind: StoreKind, table: CopiedTable): Readonly<Record<string, string>> {
  return Object.fromEntries(columnsOn(kind, table).map((column) => [column.name, read(kind, column)]))
}

/** A column's value as both kinds of store have it. */
function read(store: StoreKind, { name, kind }: StoredColumn): string {
  const value = `t."${name}"`
  if (store === 'postgres' && kind === 'boolean') return `${value}::int`
  if (store === 'postgres' && kind === 'moment')
    return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return value
}

type Special = Readonly<Record<string, Readonly<Record<string, string>>>>

const PLACES_FROM_KEYS: Special = {
  workspaces: {
    feed_position: 'coalesce((select max(c.key) from {changes} c where c.workspace_id = t.key), 0)',
  },
  changes: { position: 't.key' },
  change_people: { copies: 'nullif(t.copies, 1)' },
}

const KEYS_FROM_PLACES: Special = {
  changes: { key: 't.position' },
  change_people: {
    change_key: '(select c.position from {changes} c where c.workspace_id = t.workspace_id and c.key = t.change_key)',
    copies: 'coalesce(t.copies, 1)',
  },
}

/** A row of the source as the target takes it; `bases` is added to a workspace's places in the feed. */
export function converter(
  table: CopiedTable,
  { from, to }: Direction,
  bases: ReadonlyMap<number, number>,
): (row: Row) => Row {
  const json = from === 'postgres' && to === 'sqlite' ? table.columns.filter(({ kind }) => kind === 'json') : []
  const key = table.name === 'changes' ? 'key' : table.name === 'change_people' ? 'change_key' : undefined
  const moves = key !== undefined && [...bases.values()].some((base) => base > 0)
  if (json.length === 0 && !moves) return (row) => row
  return (row) => {
    const converted = { ...row }
    for (const { name } of json) {
      // PostgreSQL shows a document with a space behind each comma and colon.
      if (row[name] !== null) converted[name] = JSON.stringify(JSON.parse(String(row[name])))
    }
    if (moves) converted[key] = Number(row[key]) + (bases.get(Number(row.workspace_id)) ?? 0)
    return converted
  }
}
