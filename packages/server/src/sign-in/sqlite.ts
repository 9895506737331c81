import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

const PAUSE = 5
const PATIENCE = 5_000

/**
 * SQLite for Kysely on one connection. Waiting for the store's writer is done with `await`: within the call it would stop the
 * very loop in which that writer would end.
 */
export function sqliteDialect(file: string): Dialect {
  return {
    createDriver: () => new OneConnection(file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  }
}

class OneConnection implements Driver {
  readonly #file: string
  #connection: Connection | undefined
  #last: Promise<void> = Promise.resolve()
  #release: () => void = () => {}

  constructor(file: string) {
    this.#file = file
  }

  async init(): Promise<void> {
    const database = new Database(this.#file, { timeout: 0 })
    for (const setting of ['synchronous = FULL', 'fullfsync = 1', 'foreign_keys = 1', 'secure_delete = 1'])
      database.pragma(setting)
    this.#connection = new Connection(database)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last
    let release = (): void => {}
    this.#last = new Promise((resolve) => {
      release = resolve
    })
    await before
    this.#release = release
    return this.#connection as Connection
  }

  // Immediate: a transaction that has read before it writes could not wait for its turn any more.
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(): Promise<void> {
    this.#release()
  }

  async destroy(): Promise<void> {
    this.#connection?.database.close()
  }
}

class Connection implements DatabaseConnection {
  readonly database: Database.Database

  constructor(database: Database.Database) {
    this.database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const end = performance.now() + PATIENCE
    for (;;) {
      try {
        return this.#execute<Row>(sql, parameters)
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) throw error
      }
      await delay(PAUSE)
    }
  }

  #execute<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const statement = this.database.prepare(sql)
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  // biome-ignore lint/correctness/useYield: nobody streams here, and the interface asks for it.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('nothing is streamed here')
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}
