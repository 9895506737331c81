import type { ClientBase, Pool, QueryConfig, QueryResult } from 'pg'
import { type Compiled, compile, type Parameters, type Statement } from '../statement.ts'
import type { Reader } from '../store.ts'
import { postgresDialect } from './dialect.ts'
import { Names } from './names.ts'
import { TYPES } from './types.ts'

/** Compiled statements kept; filters make new ones, the oldest of which go. */
const COMPILED_LIMIT = 1_024

interface Known {
  readonly compiled: Compiled
  readonly name: string | undefined
}

/** What is sent, and how its answer is read. */
interface Query {
  readonly config: QueryConfig
  /** Where one row answers with an array for each of these instead of rows. */
  readonly columns: readonly string[] | undefined
}

/** Turns statements into what the driver sends; shared by all connections of a store. */
export class Queries {
  readonly #prefix: string
  readonly #known = new Map<string, Known>()
  readonly #names = new Names()

  /** `prefix` stands before each table's name, with the schema where there is one. */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  query({ text }: Statement, parameters: Parameters): Query {
    const { compiled, name } = this.#find(text, parameters)
    const values = compiled.names.map((parameter) => {
      const value = parameters[parameter]
      if (value === undefined) throw new Error(`the statement's parameter :${parameter} has no value`)
      return compiled.rows.has(parameter) ? JSON.stringify(value) : value
    })
    const config = { text: compiled.sql, values, types: TYPES, ...(name === undefined ? {} : { name }) }
    return { config, columns: compiled.columns }
  }

  #find(text: string, parameters: Parameters): Known {
    const known = this.#compiled(text, false)
    const { arrays } = known.compiled
    if (arrays.size === 0 || [...arrays].some((name) => (parameters[name] as unknown[]).length !== 1)) return known
    return this.#compiled(text, true)
  }

  #compiled(text: string, single: boolean): Known {
    const key = single ? `1 ${text}` : text
    const known = this.#known.get(key)
    if (known?.name !== undefined) return known
    const compiled = known?.compiled ?? compile(text, postgresDialect, this.#prefix, single)
    const entry = { compiled, name: this.#names.of(compiled.sql, known !== undefined) }
    if (this.#known.size >= COMPILED_LIMIT) {
      const oldest = this.#known.keys().next().value
      if (oldest !== undefined) this.#known.delete(oldest)
    }
    this.#known.set(key, entry)
    return entry
  }
}

/** What statements run on: a pool of connections, each statement on any; or one connection. */
export class Session implements Reader {
  readonly dialect = postgresDialect
  readonly #queries: Queries
  readonly #target: Pool | ClientBase

  constructor(queries: Queries, target: Pool | ClientBase) {
    this.#queries = queries
    this.#target = target
  }

  async all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    const { config, columns } = this.#queries.query(statement, parameters)
    const { rows } = await this.ask(config)
    return (columns ? rowsOf(rows[0], columns) : rows) as Row[]
  }

  async get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    return (await this.send(statement, parameters)).rows[0] as Row | undefined
  }

  send(statement: Statement, parameters: Parameters): Promise<QueryResult> {
    return this.ask(this.#queries.query(statement, parameters).config)
  }

  protected ask(config: QueryConfig): Promise<QueryResult> {
    return this.#target.query(config)
  }
}

/** Null stands for no rows. */
function rowsOf(arrays: Readonly<Record<string, string | null>>, columns: readonly string[]): object[] {
  const lists = columns.map((column): [string, unknown[]] => [column, JSON.parse(arrays[column] ?? '[]')])
  return (lists[0]?.[1] ?? []).map((_, index) => {
    const row: Record<string, unknown> = {}
    for (const [column, values] of lists) row[column] = values[index]
    return row
  })
}

/**
 * One connection, whose statements are done in the order in which they are sent. Ours sends the next before the answer to the
 * last (`pipeline`); with one of the host's that does not, each waits here for its turn.
 */
export class ConnectionSession extends Session {
  readonly #isPipelined: boolean
  readonly #stream: Corkable
  #isCorked = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(queries: Queries, client: ClientBase) {
    super(queries, client)
    const { pipeline, connection } = client as unknown as Internals
    this.#isPipelined = pipeline === true
    this.#stream = connection.stream
  }

  protected override ask(config: QueryConfig): Promise<QueryResult> {
    if (this.#isPipelined) {
      this.#gather()
      return super.ask(config)
    }
    const sent = this.#last.then(() => super.ask(config))
    this.#last = sent.catch(() => {})
    return sent
  }

  /** What is asked in one turn goes out as one write: those of a batch's requests took a quarter of the process's time. */
  #gather(): void {
    if (this.#isCorked) return
    this.#isCorked = true
    this.#stream.cork()
    process.nextTick(() => {
      this.#isCorked = false
      this.#stream.uncork()
    })
  }
}

interface Corkable {
  cork(): void
  uncork(): void
}

/** What the driver's own types leave out. */
interface Internals {
  readonly pipeline?: boolean
  readonly connection: { readonly stream: Corkable }
}
