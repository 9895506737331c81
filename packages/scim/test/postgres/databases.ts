import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface Database {
  readonly url: string
  readonly name: string
  /** Ends whatever sessions it still has. */
  drop(): Promise<void>
}

const SUFFIX = '_template'

/**
 * A database of the cluster behind `url`: a copy of `template`, or an empty one in UTF-8 that sorts by code point,
 * whatever the cluster does. What is named for a run goes with it, also where the cluster stays.
 */
export async function createDatabase(
  url: string,
  { template, run: asked = 'scim_test' }: { readonly template?: string; readonly run?: string } = {},
): Promise<Database> {
  const run = template?.endsWith(SUFFIX) ? template.slice(0, -SUFFIX.length) : asked
  const name = `${run}_${randomBytes(6).toString('hex')}`
  await within(url, async (client) => {
    const source =
      template === undefined
        ? "template0 encoding 'UTF8' locale_provider 'libc' lc_collate 'C' lc_ctype 'C'"
        : `${quoted(template)} strategy ${await strategy(client)}`
    await client.query(`create database ${quoted(name)} template ${source}`)
  })
  return { name, url: urlOf(url, name), drop: () => drop(url, name) }
}

/**
 * The template of a run, by name. Whoever asks first makes it and has it filled by `fill`; others, in other processes
 * too, wait for that. `fill` has to close its connections: a database in use cannot be copied.
 */
export async function templateDatabase(
  url: string,
  run: string,
  fill: (url: string) => Promise<void>,
): Promise<string> {
  const name = `${run}${SUFFIX}`
  await within(url, async (client) => {
    // Held by the session, so that it goes with a process that dies.
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount !== 0) return
    // It gets its name once it is whole: a `fill` that failed leaves nothing that others would take.
    const draft = await createDatabase(url)
    try {
      await fill(draft.url)
      await client.query(`alter database ${quoted(draft.name)} rename to ${quoted(name)}`)
    } catch (error) {
      await draft.drop()
      throw error
    }
  })
  return name
}

/** The template of a run and all its copies, for a cluster that outlives it. */
export async function dropDatabases(url: string, run: string): Promise<void> {
  const names = await within(url, async (client) => {
    const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [`${run}_`])
    return rows.map((row) => String(row.datname))
  })
  for (const name of names) await drop(url, name)
}

/** A name for the databases of one run of the tests. */
export function newRun(): string {
  return `scim_test_${randomBytes(4).toString('hex')}`
}

/** Copying files takes a fifth of the time, where they need not reach the disk one by one. */
async function strategy(client: pg.Client): Promise<string> {
  const { rows } = await client.query("select current_setting('fsync') as fsync")
  return rows[0]?.fsync === 'off' ? 'file_copy' : 'wal_log'
}

async function drop(url: string, name: string): Promise<void> {
  await within(url, (client) => client.query(`drop database if exists ${quoted(name)} with (force)`))
}

/** Does something on a connection of its own. */
export async function within<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

function urlOf(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name)
}
