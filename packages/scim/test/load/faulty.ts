import Database from 'better-sqlite3'

/** An error as SQLite reports it. */
export function sqliteError(code: string): Error {
  return new Database.SqliteError(`injected ${code}`, code)
}

interface Fault {
  readonly pattern: RegExp
  readonly error: unknown
  times: number
}

/** Connections that run their statements truly, save those that are told to fail. */
export class Faults {
  readonly databases: Database.Database[] = []
  /** What was run on any connection, in order. */
  readonly executed: string[] = []
  #faults: Fault[] = []

  readonly connect = (file: string): Database.Database => {
    const database = new Database(file, { timeout: 0 })
    this.databases.push(database)
    const prepare = database.prepare.bind(database)
    database.prepare = ((sql: string) => {
      const statement = prepare(sql)
      for (const method of ['run', 'get', 'all'] as const) {
        const original = statement[method].bind(statement) as (...bound: unknown[]) => unknown
        Object.defineProperty(statement, method, {
          value: (...bound: unknown[]) => {
            this.#check(sql)
            return original(...bound)
          },
        })
      }
      return statement
    }) as typeof database.prepare
    return database
  }

  /** The connection that writes is opened first. */
  get writing(): Database.Database {
    return this.databases[0] as Database.Database
  }

  /** The next statements that match throw instead of running. */
  fail(pattern: RegExp, error: unknown = sqliteError('SQLITE_IOERR'), times = 1): void {
    this.#faults.push({ pattern, error, times })
  }

  heal(): void {
    this.#faults = []
  }

  #check(sql: string): void {
    this.executed.push(sql)
    const fault = this.#faults.find(({ pattern, times }) => times > 0 && pattern.test(sql))
    if (!fault) return
    fault.times -= 1
    throw fault.error
  }
}
