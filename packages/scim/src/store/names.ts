import type { SqliteOptions } from './sqlite/open.ts'

/** Of `DatabaseOptions`, what is beside the database itself. */
interface TableNames {
  readonly tablePrefix?: string | undefined
  readonly tableSchema?: string | undefined
  readonly connections?: number | undefined
}

/** What needs the driver is loaded only where it is needed: a host on SQLite need not install it. */
export async function withDriver<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Error('PostgreSQL needs its driver, which is not installed: npm install pg@8', { cause })
  }
}

export function postgresOptions({ tablePrefix, tableSchema, connections }: TableNames) {
  checkName(tablePrefix, 'prefix')
  checkName(tableSchema, 'schema')
  return { prefix: tablePrefix, schema: tableSchema, connections }
}

export function sqliteOptions(database: string, { tablePrefix: prefix, tableSchema }: TableNames): SqliteOptions {
  const file = sqliteFile(database)
  if (tableSchema !== undefined) throw new Error('SQLite has no schemas: name tables apart with a prefix of their own')
  // SQLite keeps names that begin with `sqlite_` to itself.
  if (prefix?.startsWith('sqlite_')) throw unusableName(prefix, 'prefix')
  checkName(prefix, 'prefix')
  return prefix === undefined ? { file } : { file, prefix }
}

/** It becomes part of statements as it is. */
function checkName(name: string | undefined, as: 'prefix' | 'schema'): void {
  if (name !== undefined && !/^[a-z][a-z0-9_]{0,31}$/.test(name)) throw unusableName(name, as)
}

function unusableName(name: string, as: 'prefix' | 'schema'): Error {
  const place = as === 'prefix' ? 'cannot stand before the names of tables' : 'cannot be the name of their schema'
  return new Error(`"${name}" ${place}: use a lower-case letter, then such letters, digits and "_", as in scim_`)
}

function sqliteFile(database: string): string {
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(database)?.[1]
  if (file !== undefined) return file
  const shown = database.replace(/\/\/.*@/s, '//…@')
  throw new Error(
    `"${shown}" is no database: use sqlite:FILE, such as sqlite:./data/scim.db, or postgres://USER:PASSWORD@HOST/DATABASE`,
  )
}
