import type { Distribution } from '../distribution.ts'

/**
 * One step of the schema. Within a major version steps only add, so that an older program goes on beside a newer one
 * during a rolling restart; `readableFrom` is the oldest step whose program still reads and writes this store rightly. A step
 * that has to raise it cannot be rolled out beside older programs: they refuse to start, and those that run turn unready.
 */
export interface Migration {
  readonly version: number
  readonly readableFrom: number
  readonly name: string
  readonly sqlite: string
  /** `{table}` as in statements; `{#name}` is the name of an index or a constraint, which has no schema before it. */
  readonly postgres: string
}

export interface MigrationStatus {
  readonly version: number
  readonly newest: number
  readonly readableFrom: number
  readonly pending: readonly string[]
  /** On PostgreSQL, how the tables are laid out: of an open store, as it was when it was opened. */
  readonly distribution?: Distribution
}
