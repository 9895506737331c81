import { resolve } from 'node:path'
import type { ScimOptions } from '@optimaite/scim'

/** Settings that say where the store is, how its tables are named, and what of it one process takes. */
export interface DatabaseSettings {
  readonly database: string
  readonly tablePrefix: string
  /** Absent: that of the connection. */
  readonly tableSchema: string | undefined
  /** Of each process, at the most. */
  readonly connections: number
}

/** The same as the library takes it. */
export function databaseOptions({ database, tablePrefix, tableSchema, connections }: DatabaseSettings) {
  return { database, tablePrefix, tableSchema, connections } satisfies Partial<ScimOptions>
}

/** Whether everything is stored in PostgreSQL, rather than in a file. */
export function isPostgres({ database }: Pick<DatabaseSettings, 'database'>): boolean {
  return /^postgres(?:ql)?:/i.test(database)
}

/** The file behind `sqlite:FILE`. */
export function databaseFile({ database }: Pick<DatabaseSettings, 'database'>): string {
  return resolve(database.replace(/^sqlite:(?:\/\/)?/, ''))
}

/** For people: the file, or server and database without user and password. */
export function databaseLocation(settings: Pick<DatabaseSettings, 'database'>): string {
  if (!isPostgres(settings)) return databaseFile(settings)
  const { host, pathname } = new URL(settings.database)
  return `postgres://${host}${pathname}`
}

/** Passwords stand in addresses before the host, whatever characters they have, or behind it as a parameter. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/.*@/s, '//…@').replaceAll(/([?&][^=&]*password=)[^&\s"]*/gi, '$1…')
}
