/** What a unique constraint is about: the column that a client, or an admin, gave a value that is taken. */
export interface Violation {
  readonly table: string
  readonly column: string
}

/** Constraints of PostgreSQL by their names, without prefix: on Citus no more than the message names them, with a shard's number. */
const CONSTRAINTS =
  /(?<table>workspace_slugs|groups|person_names|people|tokens|former_groups)_(?<column>slug|name|external_id|id)(?:_\d+)?"/

/** Which unique constraint a write ran into. Constraints decide what is taken, never a look-up before. */
export function violationOf(error: unknown): Violation | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === '23505') return CONSTRAINTS.exec(error.message)?.groups as Violation | undefined
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE' && error.code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return undefined
  // The last of the columns named; those before it are what keys begin with.
  return /(?<table>\w+)\.(?<column>\w+)$/.exec(error.message)?.groups as Violation | undefined
}

export function violatedColumn(error: unknown): string | undefined {
  return violationOf(error)?.column
}

/** The table of the constraint, where two tables have a column of that name. */
export function violatedTable(error: unknown): string | undefined {
  return violationOf(error)?.table
}
