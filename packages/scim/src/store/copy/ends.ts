import type { Value } from '../statement.ts'
import type { StoredTable } from '../tables.ts'

export type Row = Readonly<Record<string, Value>>

/** A store, by its address and the names of its tables. */
export interface StorePlace {
  /** `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`. */
  readonly database: string
  readonly tablePrefix?: string | undefined
  readonly tableSchema?: string | undefined
}

export type StoreKind = 'sqlite' | 'postgres'

/** What both ends of a copy are asked. */
interface End {
  readonly kind: StoreKind
  /** All rows of a table, in pieces, each column by the given SQL for a row `t`. */
  pieces(table: StoredTable, columns: Readonly<Record<string, string>>): AsyncIterable<Row[]>
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
  insert(table: StoredTable, rows: readonly Row[]): Promise<void>
  /** Keys up to these are not given again. */
  raiseKeys(last: ReadonlyMap<string, number>): Promise<void>
  commit(): Promise<void>
}

/** Rows that are held at a time: of tables with long texts, a thousand could be 100 MB. */
const PIECE = 1_000
const WIDE_PIECE = 200

export function pieceOf({ wide }: StoredTable): number {
  return wide ? WIDE_PIECE : PIECE
}
