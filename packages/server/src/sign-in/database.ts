import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { type DatabaseSettings, databaseFile, isPostgres } from '../database.ts'
import { sqliteDialect } from './sqlite.ts'

/** Sign-in asks little; the store's own connections are for providers. */
export const SIGN_IN_CONNECTIONS = 4

/** Either the database or one of its transactions. */
export type Queries = Kysely<unknown> | Transaction<unknown>

/** The store's database, as sign-in works on it: with connections and tables of its own. */
export interface SignInDatabase {
  readonly kysely: Kysely<unknown>
  readonly type: 'sqlite' | 'postgres'
  readonly schema: string | undefined
  /** The whole name of a table, without its schema. */
  name(table: string): string
  /** The same for a statement. */
  table(table: string): RawBuilder<unknown>
  /** Runs work that only one process may do at a time. */
  alone<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function openSignInDatabase(settings: DatabaseSettings): SignInDatabase {
  const { tablePrefix, tableSchema } = settings
  const name = (table: string): string => `${tablePrefix}sign_in_${table}`
  const table = (plain: string) => sql.table(tableSchema === undefined ? name(plain) : `${tableSchema}.${name(plain)}`)
  const common = { schema: tableSchema, name, table }
  if (!isPostgres(settings)) {
    const kysely = new Kysely<unknown>({ dialect: sqliteDialect(databaseFile(settings)) })
    return { ...common, kysely, type: 'sqlite', alone: aloneInFile, close: () => kysely.destroy() }
  }
  const pool = new pg.Pool({
    connectionString: settings.database,
    application_name: 'optimaite-scim',
    max: SIGN_IN_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
  })
  // One that breaks while nobody uses it is replaced by the next.
  pool.on('error', () => {})
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return {
    ...common,
    kysely,
    type: 'postgres',
    alone: (work) => aloneOnServer(pool, name('tables'), work),
    close: () => kysely.destroy(),
  }
}

/** Processes on one file each make only what is missing, and start again where another was quicker. */
async function aloneInFile<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 5 || !/already exists|duplicate column/.test(String(error))) throw error
    }
  }
}

/** The lock is a transaction's, so that it holds behind a pool of connections too. */
async function aloneOnServer<T>(pool: pg.Pool, lock: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [lock])
    return await work()
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
