import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { migrationStatus } from '../migrate.ts'
import type { MigrationStatus } from '../migrations/migration.ts'
import type { Parameters, Statement } from '../statement.ts'
import type { Store, StoreCounters, Writer } from '../store.ts'
import { Connection } from './connection.ts'
import { isBusy, isOutside, isStoreFault, unavailable, unusableFile } from './fault.ts'
import { migrateSqlite, migratingSqlite } from './migrating.ts'
import { BatchWriter, type WriterOptions } from './writer.ts'

export interface SqliteOptions {
  /** A file path; the folder is made, readable by its owner only. */
  readonly file: string
  /** Before each table's name, where the file is shared with others. Default `scim_`. */
  readonly prefix?: string
  /** Opens a connection; tests inject faults here. */
  readonly connect?: (file: string) => Database.Database
  readonly writer?: WriterOptions
}

/** How long opening waits for other processes that open, migrate or close the same store. */
const OPEN_WAIT_MILLISECONDS = 10_000
const OPEN_RETRY_MILLISECONDS = 10
const SCRUB_ATTEMPTS = 500

/** Opens the embedded store and brings its tables up to date. Refuses a file that is none with StoreUnusable. */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const path = resolve(options.file)
  const { now = performance.now.bind(performance) } = options.writer ?? {}
  const end = now() + OPEN_WAIT_MILLISECONDS
  try {
    makePrivate(path)
    for (;;) {
      try {
        return await openOnce(path, options)
      } catch (error) {
        // SQLite's own timeout would not do: it stops the loop, and is not asked where a lock becomes a stronger one.
        if (!isBusy(error) || now() > end) throw error
      }
      await delay(OPEN_RETRY_MILLISECONDS)
    }
  } catch (error) {
    throw isOutside(error) ? unusableFile(path, error) : error
  }
}

async function openOnce(path: string, options: SqliteOptions): Promise<Store> {
  const { prefix = 'scim_', connect = connectTo } = options
  const opened: Connection[] = []
  const open = (): Connection => {
    const database = connect(path)
    const connection = new Connection(database, prefix)
    opened.push(connection)
    configure(database)
    return connection
  }
  try {
    const writing = open()
    await migrateSqlite(writing, prefix)
    const reading = open()
    reading.database.pragma('query_only = 1')
    // 48 MB: with 16, finding one of 100,000 groups by name took twice as long as one of 1,000.
    reading.database.pragma('cache_size = -49152')
    const counters: StoreCounters = { transactions: 0, commits: 0, waits: 0 }
    const writer = new BatchWriter(writing, counters, options.writer)
    return new SqliteStore(path, prefix, writing, reading, writer, counters)
  } catch (error) {
    for (const { database } of opened) database.close()
    throw error
  }
}

/** Which steps of the schema a file has, without bringing it up to date; a file that is not there has none. */
export async function sqliteMigrationStatus({ file, prefix = 'scim_' }: SqliteOptions): Promise<MigrationStatus> {
  const path = resolve(file)
  const database = existsSync(path) ? new Database(path, { readonly: true, timeout: 5_000 }) : new Database(':memory:')
  try {
    return await migrationStatus(migratingSqlite(new Connection(database, prefix), prefix))
  } catch (error) {
    throw isOutside(error) ? unusableFile(path, error) : error
  } finally {
    database.close()
  }
}

class SqliteStore implements Store {
  readonly location: string
  readonly counters: StoreCounters
  readonly dialect
  readonly #writing: Connection
  readonly #reading: Connection
  readonly #writer: BatchWriter
  readonly #prefix: string

  constructor(
    location: string,
    prefix: string,
    writing: Connection,
    reading: Connection,
    writer: BatchWriter,
    counters: StoreCounters,
  ) {
    this.location = location
    this.#prefix = prefix
    this.counters = counters
    this.dialect = writing.dialect
    this.#writing = writing
    this.#reading = reading
    this.#writer = writer
  }

  // Reads are most of what is asked: a promise less for each is a tenth of a small one.
  async all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    try {
      return this.#reading.rows(statement, parameters)
    } catch (error) {
      explain(error)
    }
  }

  async get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    try {
      return this.#reading.row(statement, parameters)
    } catch (error) {
      explain(error)
    }
  }

  // One writer at a time: whatever a transaction is about, it is alone.
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#writer.write(work)
  }

  migrationStatus(): Promise<MigrationStatus> {
    return migrationStatus(migratingSqlite(this.#reading, this.#prefix))
  }

  /**
   * Deleted content is overwritten in its page; the log beside the file holds older pages until it is brought into the
   * file and cut off, for which nobody may be reading or writing.
   */
  async scrub(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const [row] = this.#reading.database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
        if (row?.busy === 0) return
      } catch (error) {
        if (!isBusy(error)) explain(error)
      }
      if (attempt === SCRUB_ATTEMPTS) throw unavailable(new Error('the log of the store is in use'))
      await delay(OPEN_RETRY_MILLISECONDS)
    }
  }

  async close(): Promise<void> {
    await this.#writer.close()
    this.#reading.database.close()
    this.#writing.database.close()
  }
}

function connectTo(file: string): Database.Database {
  return new Database(file, { timeout: 0 })
}

function explain(error: unknown): never {
  throw isStoreFault(error) ? unavailable(error) : error
}

/** How every connection of ours that writes behaves. */
export function configure(database: Database.Database): void {
  database.pragma('journal_mode = WAL')
  // FULL: an answered write survives a power cut, not only a crash of the process.
  database.pragma('synchronous = FULL')
  database.pragma('fullfsync = 1')
  database.pragma('foreign_keys = 1')
  // What is deleted is overwritten: an erased person's name stays in no free page.
  database.pragma('secure_delete = 1')
  // 16 MB; with the default of 2 MB each PATCH of a large store reads its b-trees anew.
  database.pragma('cache_size = -16384')
  database.pragma('wal_autocheckpoint = 10000')
}

function makePrivate(file: string): void {
  const folder = dirname(file)
  if (mkdirSync(folder, { recursive: true, mode: 0o700 })) chmodSync(folder, 0o700)
  closeSync(openSync(file, 'a', 0o600))
}
