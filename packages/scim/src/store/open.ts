import type { MigrationStatus } from './migrations/migration.ts'
import { openSqlite, type SqliteOptions, sqliteMigrationStatus } from './sqlite/open.ts'
import type { Store } from './store.ts'

/** A pool of node-postgres (`pg.Pool`), as much of it as is used. */
export interface PostgresPool {
  connect(): Promise<unknown>
  query(text: string): Promise<unknown>
}

/** Where the tables are, and how they are named. */
export interface DatabaseOptions {
  /**
   * `sqlite:./data/scim.db`; `postgres://user:password@host/database`; a pool of node-postgres that the host has, and closes
   * itself; or a store that is open already.
   */
  readonly database: string | PostgresPool | Store
  /**
   * Before the name of each table, where the database is shared with the host's own tables, or several of us share it:
   * `scim_` unless said otherwise. A lower-case letter, then such letters, digits and `_`, at most 32 characters.
   */
  readonly tablePrefix?: string | undefined
  /** On PostgreSQL, a schema of their own for the tables, made where it is missing. Named as prefixes are. */
  readonly tableSchema?: string | undefined
  /** On PostgreSQL, connections of this process at the most: 10 unless said otherwise. */
  readonly connections?: number | undefined
}

export async function openDatabase(options: DatabaseOptions): Promise<Store> {
  const { database } = options
  if (typeof database !== 'string') return isStore(database) ? database : openPool(options)
  if (!isPostgres(database)) return openSqlite(sqliteOptions(database, options))
  const { openPostgres } = await postgres()
  return openPostgres({ database, ...postgresOptions(options) })
}

/** How far the tables of a database are, without bringing them up to date. */
export async function databaseStatus(
  options: DatabaseOptions & { readonly database: string },
): Promise<MigrationStatus> {
  const { database } = options
  if (!isPostgres(database)) return sqliteMigrationStatus(sqliteOptions(database, options))
  const { postgresMigrationStatus } = await postgres()
  return postgresMigrationStatus({ database, ...postgresOptions(options) })
}

/** Whether a text names a PostgreSQL database. */
export function isPostgres(database: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(database)
}

async function openPool(options: DatabaseOptions): Promise<Store> {
  const { openPostgres } = await postgres()
  return openPostgres({ database: options.database as PostgresPool, ...postgresOptions(options) })
}

/** Loaded only where it is needed: a host on SQLite need not install the driver. */
async function postgres() {
  try {
    return await import('./postgres/open.ts')
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Error('PostgreSQL needs its driver, which is not installed: npm install pg@8', { cause })
  }
}

function isStore(database: PostgresPool | Store): database is Store {
  return 'migrationStatus' in database
}

function postgresOptions({ tablePrefix, tableSchema, connections }: DatabaseOptions) {
  checkName(tablePrefix, 'prefix')
  checkName(tableSchema, 'schema')
  return { prefix: tablePrefix, schema: tableSchema, connections }
}

function sqliteOptions(database: string, { tablePrefix: prefix, tableSchema }: DatabaseOptions): SqliteOptions {
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
