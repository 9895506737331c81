import { availableParallelism } from 'node:os'
import type { Config } from '../config.ts'
import { isPostgres } from '../database.ts'

/** Processes that answer requests. SQLite has one writer at a time, so that more would only wait for each other. */
export function processesOf(config: Config): number {
  return config.processes ?? (isPostgres(config) ? availableParallelism() : 1)
}
