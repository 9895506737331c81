import { type Distribution, DistributionRefused } from './distribution.ts'
import type { MigrationStatus } from './migrations/migration.ts'
import { postgresOptions, sqliteOptions, withDriver } from './names.ts'
import { openSqlite, sqliteMigrationStatus } from './sqlite/open.ts'
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
  const { openPostgres } = await withDriver(() => import('./postgres/open.ts'))
  return openPostgres({ database, ...postgresOptions(options) })
}

/** How far the tables of a database are, without bringing them up to date. */
export async function databaseStatus(
  options: DatabaseOptions & { readonly database: string },
): Promise<MigrationStatus> {
  const { database } = options
  if (!isPostgres(database)) return sqliteMigrationStatus(sqliteOptions(database, options))
  const { postgresMigrationStatus } = await withDriver(() => import('./postgres/open.ts'))
  return postgresMigrationStatus({ database, ...postgresOptions(options) })
}

/** Distributes the tables of a PostgreSQL database by workspace, with Citus. Refuses with {@link DistributionRefused}. */
export async function distributeStore(
  options: DatabaseOptions & { readonly database: string },
): Promise<{ readonly tables: readonly string[]; readonly distribution: Distribution }> {
  const { database } = options
  if (!isPostgres(database))
    throw new DistributionRefused(
      'not_postgres',
      'Only a store on PostgreSQL can be distributed. Copy it there first, and name that database.',
    )
  const { distributePostgres } = await withDriver(() => import('./postgres/distribute.ts'))
  return distributePostgres({ database, ...postgresOptions(options) })
}

/** Whether a text names a PostgreSQL database. */
export function isPostgres(database: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(database)
}

async function openPool(options: DatabaseOptions): Promise<Store> {
  const { openPostgres } = await withDriver(() => import('./postgres/open.ts'))
  return openPostgres({ database: options.database as PostgresPool, ...postgresOptions(options) })
}

function isStore(database: PostgresPool | Store): database is Store {
  return 'migrationStatus' in database
}
