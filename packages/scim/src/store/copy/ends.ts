import type { Value } from '../statement.ts'
import type { StoredColumn, StoredTable } from '../tables.ts'

export type Row = Readonly<Record<string, Value>>

/** A store, by its address and the names of its tables. */
export interface StorePlace {
  /** `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`. */
  readonly database: string
  readonly tablePrefix?: string | undefined
  readonly tableSchema?: string | undefined
}

/** A table to copy: one of the store's, or one that stands beside them and has the same prefix and schema. */
export interface CopiedTable {
  /** Without its prefix. */
  readonly name: string
  readonly columns: readonly StoredColumn[]
  /** See {@link StoredTable.wide}. */
  readonly wide?: boolean
  /** What becomes of rows that the target has before: the copy is refused, or they are replaced. */
  readonly before?: 'refused' | 'replaced'
}

export type StoreKind = 'sqlite' | 'postgres'

/** What both ends of a copy are asked. */
interface End {
  readonly kind: StoreKind
  /** All rows of a table, in pieces, each column by the given SQL for a row `t`. */
  pieces(table: CopiedTable, columns: Readonly<Record<string, string>>): AsyncIterable<Row[]>
  /** The answer to a question of its own; `{table}` as in statements. */
  ask(sql: string): Promise<Row[]>
  /** Gives up whatever transaction is open. */
  close(): Promise<void>
}

/** A store as it is at one moment. */
export interface Source extends End {
  /** For each table with keys the last that was given, also to rows that are gone. */
  lastKeys(): Promise<Map<string, number>>
}

/** A store that is written in one transaction, which {@link End.close} undoes. */
export interface Target extends End {
  clear(table: CopiedTable): Promise<void>
  insert(table: CopiedTable, rows: readonly Row[]): Promise<void>
  /** Keys up to these are not given again. */
  raiseKeys(last: ReadonlyMap<string, number>): Promise<void>
  /** Makes it last; the planner is told of these tables. */
  commit(tables: readonly CopiedTable[]): Promise<void>
}

/** Rows that are held at a time: of tables with long texts, a thousand could be 100 MB. */
const PIECE = 1_000
const WIDE_PIECE = 200

export function pieceOf({ wide }: CopiedTable): number {
  return wide ? WIDE_PIECE : PIECE
}
