import { type Statement, statement, type Value } from './statement.ts'

export type Row = Readonly<Record<string, Value>>

export interface Inserted {
  readonly key: number
  readonly id: string
}

/** Rows of a table that belong to a workspace which is there, written one at a time or many at once. */
export interface Insertion {
  readonly one: Statement<Inserted>
  /** Takes `:rows`. */
  readonly many: Statement<Inserted>
  /** Whether the rows get keys, which their parts need. */
  readonly isKeyed: boolean
}

/** A row to be written by the end of a transaction, and those that name its key in a column of theirs. */
export interface Appended {
  readonly insertion: Insertion
  readonly workspace: number
  readonly row: Row
  readonly parts?: { readonly insertion: Insertion; readonly column: string; readonly rows: readonly Row[] }
}

/** `columns` says of which type each is, beside the workspace; `conflict` what becomes of a row that is there already. */
export function insertion(
  table: string,
  columns: Readonly<Record<string, 'text' | 'bigint' | 'float8'>>,
  { isKeyed = false, conflict = '' }: { readonly isKeyed?: boolean; readonly conflict?: string } = {},
): Insertion {
  const names = Object.keys(columns)
  const into = `insert into {${table}} as t (workspace_id, ${names.join(', ')})`
  const end = `${conflict}${isKeyed ? ' returning key, id' : ''}`
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return {
    isKeyed,
    one: statement(`
  ${into}
  select w.key, ${names.map((name) => `:${name}`).join(', ')} from {workspaces} w where w.key = :workspace ${end}`),
    many: statement(`
  ${into}
  select w.key, ${names.map((name) => `r.${name}`).join(', ')}
  from {workspaces} w cross join rows(:rows ${typed.join(', ')}) as r where w.key = :workspace ${end}`),
  }
}
