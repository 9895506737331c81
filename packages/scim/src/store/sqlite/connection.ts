import type Database from 'better-sqlite3'
import type { Appended } from '../insertion.ts'
import { inPieces } from '../pieces.ts'
import { type Compiled, compile, type Parameters, type Statement, type Value } from '../statement.ts'
import type { Writer } from '../store.ts'
import { sqliteDialect } from './dialect.ts'

/** Statements kept prepared for a connection; filters make new ones, the oldest of which go. */
const PREPARED_LIMIT = 512

interface Prepared {
  readonly compiled: Compiled
  readonly statement: Database.Statement
}

/** A connection to an SQLite file: compiles a statement once, keeps it prepared, binds parameters by name. */
export class Connection implements Writer {
  readonly dialect = sqliteDialect
  readonly database: Database.Database
  readonly #prefix: string
  readonly #prepared = new Map<string, Prepared>()

  constructor(database: Database.Database, prefix: string) {
    this.database = database
    this.#prefix = prefix
  }

  async all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    return this.rows(statement, parameters)
  }

  async get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    return this.row(statement, parameters)
  }

  /** What {@link all} answers, at once. */
  rows<Row>({ text }: Statement<Row>, parameters: Parameters): Row[] {
    const { compiled, statement } = this.#prepare(text)
    return statement.all(...bind(compiled, parameters)) as Row[]
  }

  row<Row>({ text }: Statement<Row>, parameters: Parameters): Row | undefined {
    const { compiled, statement } = this.#prepare(text)
    return statement.get(...bind(compiled, parameters)) as Row | undefined
  }

  async run(statement: Statement, parameters: Parameters): Promise<number> {
    const { compiled, statement: prepared } = this.#prepare(statement.text)
    return prepared.run(...bind(compiled, parameters)).changes
  }

  async later(statement: Statement, parameters: Parameters): Promise<void> {
    await this.run(statement, parameters)
  }

  // A call costs less here than keeping rows for later does.
  async append({ insertion, workspace, row, parts }: Appended): Promise<void> {
    if (!insertion.isKeyed) {
      await this.run(insertion.one, { ...row, workspace })
      return
    }
    const key = this.row(insertion.one, { ...row, workspace })?.key
    if (!parts || key === undefined) return
    const rows = parts.rows.map((part) => ({ ...part, [parts.column]: key }))
    const [only] = rows
    if (only && rows.length === 1) await this.run(parts.insertion.one, { ...only, workspace })
    else
      await inPieces(rows, sqliteDialect.piece, async (piece) => {
        await this.run(parts.insertion.many, { workspace, rows: piece })
      })
  }

  async flush(): Promise<void> {}

  /** Transaction control and other bare commands, kept prepared as well. */
  execute(sql: string): void {
    this.#prepare(sql).statement.run()
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text)
    if (known) return known
    const compiled = compile(text, sqliteDialect, this.#prefix)
    const prepared = { compiled, statement: this.database.prepare(compiled.sql) }
    if (this.#prepared.size >= PREPARED_LIMIT) {
      const oldest = this.#prepared.keys().next().value
      if (oldest !== undefined) this.#prepared.delete(oldest)
    }
    this.#prepared.set(text, prepared)
    return prepared
  }
}

function bind(compiled: Compiled, parameters: Parameters): Value[] {
  return compiled.names.map((name) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`the statement's parameter :${name} has no value`)
    return Array.isArray(value) ? JSON.stringify(value) : (value as Value)
  })
}
