import type { Held } from './held.ts'
import type { Appended } from './insertion.ts'
import type { MigrationStatus } from './migrations/migration.ts'
import type { Dialect, Parameters, Statement } from './statement.ts'

export interface Reader {
  readonly dialect: Dialect
  all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]>
  get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined>
}

export interface Writer extends Reader {
  /** Answers the number of rows written. */
  run(statement: Statement, parameters: Parameters): Promise<number>
  /** Runs a statement whose answer nobody needs; it is done before any that is asked for later. */
  later(statement: Statement, parameters: Parameters): Promise<void>
  /** Writes a row by the end of the transaction, together with others where that is cheaper. */
  append(appended: Appended): Promise<void>
  /** Writes what was appended, for a statement that reads it. */
  flush(): Promise<void>
  /** Where the transaction is shared by several pieces of work: what is held for them. */
  readonly held?: Held | undefined
}

/**
 * What a transaction is about: one group, whose row it locks before all else; or the people of a workspace, which one
 * transaction at a time changes, since names and addresses connect any two of them.
 */
export type Scope =
  | {
      readonly workspace: number
      readonly group: string
      /** Ids of people that it will look up, so that this can be done together with others'. */
      readonly names?: readonly string[]
    }
  | { readonly workspace: number; readonly people: true }

/**
 * A database with our tables in it. The floors above decide what a transaction holds; how transactions share a commit is
 * the store's own affair.
 */
export interface Store extends Reader {
  readonly location: string
  /**
   * Runs `work` as one transaction: resolved once it is on disk, and then wholly; rejected with the work's own error, or
   * with `store_unavailable`, and then nothing of it is stored. `work` awaits nothing but the writer, save
   * {@link breathe} between the pieces of something large.
   *
   * Where several write at a time, `scope` says what the transaction is about, so that those that would change the same
   * follow each other; and `work` is done again where it met another transaction after all, so it leaves nothing behind
   * but what it answers and writes.
   */
  write<T>(work: (writer: Writer) => Promise<T>, scope?: Scope): Promise<T>
  /** Which steps of the schema the store has. */
  migrationStatus(): Promise<MigrationStatus>
  /** Leaves nothing in the store's files of what has been deleted or overwritten before. */
  scrub(): Promise<void>
  /** Figures for metrics; all counts since the start. */
  readonly counters: StoreCounters
  close(): Promise<void>
}

export interface StoreCounters {
  transactions: number
  commits: number
  /** Transactions that waited for another process's. */
  waits: number
}

/** A real turn of the event loop, so that other requests go on between the pieces of a large one. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
