import pg from 'pg'
import { isDatabaseError, unusableDatabase } from '../postgres/fault.ts'
import { type Place, qualified } from '../postgres/migrating.ts'
import { locationOf, type PostgresOptions } from '../postgres/open.ts'
import { TYPES } from '../postgres/types.ts'
import { type ColumnKind, type StoredTable, TABLES } from '../tables.ts'
import { type CopiedTable, pieceOf, type Row, type Source, type Target } from './ends.ts'

type Names = Pick<PostgresOptions, 'prefix' | 'schema'>

export async function openPostgresSource(url: string, names: Names): Promise<Source> {
  const client = await connect(url)
  await client.query('begin transaction isolation level repeatable read read only')
  return new PostgresSource(client, names)
}

export async function openPostgresTarget(url: string, names: Names): Promise<Target> {
  const client = await connect(url)
  await client.query('begin')
  return new PostgresTarget(client, names)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'optimaite-scim copy',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    // One side rests while the other works, for as long as that takes.
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  })
  // Whoever asks next is told.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw isDatabaseError(error) ? unusableDatabase(locationOf(url), error) : error
  }
  return client
}

class PostgresEnd {
  readonly kind = 'postgres' as const
  protected readonly client: pg.Client
  readonly #before: string

  constructor(client: pg.Client, { prefix = 'scim_', schema }: Names) {
    this.client = client
    this.#before = qualified({ prefix, schema } satisfies Place)
  }

  async *pieces(table: CopiedTable, columns: Readonly<Record<string, string>>): AsyncGenerator<Row[]> {
    const list = Object.entries(columns).map(([name, sql]) => `${sql} as "${name}"`)
    await this.ask(`declare copied no scroll cursor for select ${list.join(', ')} from {${table.name}} t`)
    for (;;) {
      const rows = await this.ask(`fetch ${pieceOf(table)} from copied`)
      if (rows.length === 0) break
      yield rows
    }
    await this.ask('close copied')
  }

  async ask(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query({ text: this.named(sql), values, types: TYPES })).rows as Row[]
  }

  /** Ends the connection, and so what was not committed. */
  async close(): Promise<void> {
    await this.client.end().catch(() => {})
  }

  protected named(sql: string): string {
    return sql.replaceAll(/\{(\w+)\}/g, `${this.#before}$1`)
  }

  protected sequenceOf({ name }: StoredTable): string {
    return `pg_get_serial_sequence('${this.named(`{${name}}`)}', 'key')`
  }
}

class PostgresSource extends PostgresEnd implements Source {
  async lastKeys(): Promise<Map<string, number>> {
    const last = new Map<string, number>()
    for (const table of TABLES.filter(hasKeys)) {
      const [row] = await this.ask(
        `select coalesce(pg_sequence_last_value(${this.sequenceOf(table)}::regclass), 0) as key`,
      )
      last.set(table.name, Number(row?.key))
    }
    return last
  }
}

class PostgresTarget extends PostgresEnd implements Target {
  async clear({ name }: CopiedTable): Promise<void> {
    await this.ask(`delete from {${name}}`)
  }

  async insert(table: CopiedTable, rows: readonly Row[]): Promise<void> {
    const names = table.columns.map(({ name }) => `"${name}"`)
    const values = table.columns.map(({ name, kind }) => FROM_JSON[kind](`r."${name}"`))
    const types = table.columns.map(({ name, kind }) => `"${name}" ${JSON_TYPES[kind]}`)
    await this.ask(
      `insert into {${table.name}} (${names.join(', ')}) select ${values.join(', ')}
        from json_to_recordset($1::json) as r(${types.join(', ')})`,
      [table.columns.some(({ kind }) => kind === 'bytes') ? JSON.stringify(rows, bytesAsHex) : JSON.stringify(rows)],
    )
  }

  async raiseKeys(last: ReadonlyMap<string, number>): Promise<void> {
    for (const table of TABLES.filter(hasKeys)) {
      const key = last.get(table.name) ?? 0
      if (key > 0) await this.ask(`select setval(${this.sequenceOf(table)}::regclass, ${key})`)
    }
  }

  async commit(tables: readonly CopiedTable[]): Promise<void> {
    await this.ask('commit')
    // Without, the planner would know nothing of these tables until the server looks at them by itself; which it does, too.
    await this.ask(`analyze ${tables.map(({ name }) => `{${name}}`).join(', ')}`).catch(() => {})
  }
}

const JSON_TYPES: Record<ColumnKind, string> = {
  integer: 'bigint',
  number: 'float8',
  text: 'text',
  json: 'text',
  bytes: 'text',
  boolean: 'bigint',
  moment: 'text',
}

const FROM_JSON: Record<ColumnKind, (column: string) => string> = {
  integer: (column) => column,
  number: (column) => column,
  text: (column) => column,
  json: (column) => `${column}::jsonb`,
  bytes: (column) => `decode(${column}, 'hex')`,
  boolean: (column) => `${column} <> 0`,
  moment: (column) => `${column}::timestamptz`,
}

/** `JSON.stringify` has asked a buffer for its own form already. */
function bytesAsHex(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const own = this[name]
  return own instanceof Uint8Array ? Buffer.from(own).toString('hex') : value
}

function hasKeys(table: StoredTable): boolean {
  return table.hasKeys
}
