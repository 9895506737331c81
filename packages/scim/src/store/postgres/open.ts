import pg, { type Pool, type PoolClient } from 'pg'
import type { Distribution } from '../distribution.ts'
import { migrationStatus } from '../migrate.ts'
import type { MigrationStatus } from '../migrations/migration.ts'
import type { PostgresPool } from '../open.ts'
import { type Parameters, type Statement, statement } from '../statement.ts'
import type { Scope, Store, StoreCounters, Writer } from '../store.ts'
import { StoreUnusable } from '../unusable.ts'
import { PLAIN, readDistribution } from './distribution.ts'
import { isConnectionFault, isDatabaseError, isStoreFault, unavailable, unusableDatabase } from './fault.ts'
import { migratePostgres, migratingPostgres, type Place, qualified } from './migrating.ts'
import { ConnectionSession, Queries, Session } from './session.ts'
import { ScopedWriter } from './writer.ts'

export interface PostgresOptions {
  /** A connection string, or the host's own pool, which stays the host's to close. */
  readonly database: string | PostgresPool
  /** Before each table's name. Default `scim_`. */
  readonly prefix?: string | undefined
  /** A schema of their own for the tables; made where it is missing. By default the connection's. */
  readonly schema?: string | undefined
  /** Connections of this process at the most. Default 10. */
  readonly connections?: number | undefined
}

const CONNECTIONS = 10
const OLDEST_SERVER = 14

/** Opens the tables in a PostgreSQL database and brings them up to date; refuses with {@link StoreUnusable}. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const own = typeof options.database === 'string'
  const pool = own ? connectTo(options) : (options.database as unknown as Pool)
  const location = locationOf(options.database)
  const place: Place = { schema: options.schema, prefix: options.prefix ?? 'scim_' }
  const queries = new Queries(qualified(place))
  let distribution: Distribution
  try {
    const client = await pool.connect()
    try {
      await check(client, location)
      await migratePostgres(client, new ConnectionSession(queries, client), place)
      distribution = (await readDistribution(client, place)) ?? PLAIN
    } finally {
      client.release()
    }
  } catch (error) {
    if (own) await pool.end()
    throw isDatabaseError(error) ? unusableDatabase(location, error) : error
  }
  return new PostgresStore(location, pool, own, queries, place, distribution)
}

/** Which steps of the schema a database has, without bringing it up to date. */
export async function postgresMigrationStatus(options: PostgresOptions): Promise<MigrationStatus> {
  const pool = connectTo(options)
  const place: Place = { schema: options.schema, prefix: options.prefix ?? 'scim_' }
  try {
    const status = await migrationStatus(migratingPostgres(new Session(new Queries(qualified(place)), pool), place))
    return { ...status, distribution: (await readDistribution(pool, place)) ?? PLAIN }
  } catch (error) {
    throw isDatabaseError(error) ? unusableDatabase(locationOf(options.database), error) : error
  } finally {
    await pool.end()
  }
}

class PostgresStore implements Store {
  readonly location: string
  readonly counters: StoreCounters = { transactions: 0, commits: 0, waits: 0 }
  readonly dialect
  readonly #pool: Pool
  readonly #isOwn: boolean
  readonly #session: Session
  readonly #writer: ScopedWriter
  readonly #place: Place
  readonly #distribution: Distribution

  constructor(
    location: string,
    pool: Pool,
    isOwn: boolean,
    queries: Queries,
    place: Place,
    distribution: Distribution,
  ) {
    this.location = location
    this.#pool = pool
    this.#isOwn = isOwn
    this.#session = new Session(queries, pool)
    this.dialect = this.#session.dialect
    this.#writer = new ScopedWriter(pool, queries, this.counters)
    this.#place = place
    this.#distribution = distribution
  }

  all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    return reading(() => this.#session.all(statement, parameters))
  }

  get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    return reading(() => this.#session.get(statement, parameters))
  }

  write<T>(work: (writer: Writer) => Promise<T>, scope?: Scope): Promise<T> {
    return this.#writer.write(work, scope)
  }

  async migrationStatus(): Promise<MigrationStatus> {
    const status = await migrationStatus(migratingPostgres(this.#session, this.#place))
    return { ...status, distribution: this.#distribution }
  }

  /** Removes what has been deleted or overwritten from the tables; what archives and backups of the server hold is its owner's affair. */
  async scrub(): Promise<void> {
    const before = qualified(this.#place)
    const tables = SCRUBBED.map((table) => `${before}${table}`).join(', ')
    await this.#pool.query(`vacuum ${tables}`)
  }

  async close(): Promise<void> {
    await this.#writer.close()
    if (this.#isOwn) await this.#pool.end()
  }
}

async function reading<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask().catch((error) => {
      // A server that was started anew leaves connections in the pool on which nobody answers.
      if (isConnectionFault(error)) return ask()
      throw error
    })
  } catch (error) {
    throw isStoreFault(error) ? unavailable(error) : error
  }
}

/** Tables that hold names of people. */
const SCRUBBED = ['people', 'person_aliases', 'person_names', 'person_addresses', 'changes', 'activity'] as const

function connectTo({ database, connections = CONNECTIONS }: PostgresOptions): Pool {
  const pool = new pg.Pool({
    connectionString: database as string,
    application_name: 'optimaite-scim',
    max: connections,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    // Nothing of ours takes nearly as long; what does holds locks that others wait for.
    statement_timeout: 60_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
  } as pg.PoolConfig)
  // An idle connection that ends is taken out of the pool; whoever asks next gets another, or is told.
  pool.on('error', () => {})
  return pool
}

const server = statement<{ version: string; encoding: string }>(
  `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
)

async function check(client: PoolClient, location: string): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(server.text)
  const major = Math.floor(Number(rows[0]?.version) / 10_000)
  if (major < OLDEST_SERVER)
    throw new StoreUnusable(location, `it is PostgreSQL ${major}. Use ${OLDEST_SERVER} or newer.`, 'version')
  if (rows[0]?.encoding !== 'UTF8')
    throw new StoreUnusable(
      location,
      `its encoding is ${rows[0]?.encoding}. Create the database with encoding UTF8.`,
      'encoding',
    )
}

/** For messages and metrics: without user and password. */
export function locationOf(database: string | PostgresPool): string {
  if (typeof database !== 'string') return "postgres: the host's pool"
  try {
    const { host, pathname } = new URL(database)
    return `postgres://${host}${pathname}`
  } catch {
    return 'postgres'
  }
}
