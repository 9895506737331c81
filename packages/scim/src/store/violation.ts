/**
 * Which unique constraint a write ran into, by the column that it is about (`name`, `external_id`, `slug`, …); nothing for
 * any other error. Constraints decide what is taken, never a look-up before.
 */
export function violatedColumn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE' && error.code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return undefined
  return /[\w.]+\.(\w+)$/.exec(error.message)?.[1]
}

/** The table of the constraint, where two tables have a column of that name. */
export function violatedTable(error: unknown): string | undefined {
  return violatedColumn(error) && error instanceof Error ? /(\w+)\.\w+$/.exec(error.message)?.[1] : undefined
}
