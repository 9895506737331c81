import pg from 'pg'
import { counted, secondOf } from '../cli/format.ts'
import { type DatabaseSettings, databaseLocation, withoutPassword } from '../database.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { CLOCK_FIX, TOLERANCE } from './machine.ts'

const OLDEST = 14
const TIMEOUT = 10_000

/** What a PostgreSQL says of itself. */
export interface ServerFacts {
  readonly version: number
  readonly encoding: string
  readonly isStandby: boolean
  readonly isReadOnly: boolean
  /** Connections that accounts such as ours may have, all of them together. */
  readonly connections: number
  readonly used: number
  /** Of those in use, the ones of this program. */
  readonly ours: number
  /** Its clock, and what ours said at that moment. */
  readonly now: number
  readonly asked: number
}

const FACTS = `
  select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as "isStandby", current_setting('transaction_read_only') = 'on' as "isReadOnly",
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true), '0')::int as connections,
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()) as used,
    (select count(*)::int from pg_stat_activity where application_name = 'optimaite-scim') as ours,
    extract(epoch from clock_timestamp())::float8 * 1000 as now`

/** Asks on a connection of its own; where that is not to be had, answers why. */
export async function askServer(settings: DatabaseSettings): Promise<ServerFacts | Finding> {
  const client = new pg.Client({
    connectionString: settings.database,
    connectionTimeoutMillis: TIMEOUT,
    query_timeout: TIMEOUT,
  })
  // A connection that is cut is told by the call that waits for it.
  client.on('error', () => {})
  try {
    await client.connect()
    const before = Date.now()
    const { rows } = await client.query<Omit<ServerFacts, 'asked'>>(FACTS)
    return { ...(rows[0] as Omit<ServerFacts, 'asked'>), asked: (before + Date.now()) / 2 }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    const reason = withoutPassword(message === '' ? code : message)
    const found = `PostgreSQL at ${databaseLocation(settings)} cannot be asked: ${reason}.`
    return wrong('database', found, fixOf(code))
  } finally {
    await client.end().catch(() => {})
  }
}

function fixOf(code: string): string {
  if (code.startsWith('28')) return 'Correct user and password in DATABASE_URL, or let them in in pg_hba.conf.'
  if (code === '3D000') return 'Create the database, or name another in DATABASE_URL.'
  if (code === '53300') return 'Raise max_connections, or lower --processes and --connections.'
  return 'Start PostgreSQL, or correct host and port in DATABASE_URL.'
}

/** Whether it is one that the service can work on. */
export function checkServer({ version, encoding, isStandby, isReadOnly }: ServerFacts, location: string): Finding[] {
  const major = Math.floor(version / 10_000)
  const server =
    major >= OLDEST
      ? fine('database', `PostgreSQL ${major} answers at ${location}.`)
      : wrong('database', `PostgreSQL ${major} at ${location} is too old.`, `Use PostgreSQL ${OLDEST} or newer.`)
  const text =
    encoding === 'UTF8'
      ? fine('encoding', 'The encoding is UTF8.')
      : wrong('encoding', `The encoding is ${encoding}.`, 'Create a database with encoding UTF8, and name that.')
  if (isStandby)
    return [
      server,
      text,
      wrong('primary', 'It is a standby, which cannot be written.', 'Name the primary in DATABASE_URL.'),
    ]
  if (isReadOnly) {
    const fix = 'Set default_transaction_read_only to off, for the server, the database and the user.'
    return [server, text, wrong('primary', 'Transactions are read-only there.', fix)]
  }
  return [server, text, fine('primary', 'It can be written.')]
}

/** `most` is what the processes of this machine take when all are busy; others of ours may run on other machines. */
export function checkConnections({ connections, used, ours }: ServerFacts, most: number): Finding {
  const others = Math.max(0, used - ours)
  const needed = others + Math.max(most, ours)
  const state = `Of ${counted(connections, 'connection')}, others have ${others} and this service takes up to ${Math.max(most, ours)}`
  if (needed <= connections) return fine('connections', `${state}.`)
  return wrong(
    'connections',
    `${state}: ${needed - connections} too many.`,
    `Set max_connections to at least ${needed + 10}, or lower --processes or --connections: their product counts.`,
  )
}

/** The clock of the server beside ours, where they are too far apart. */
export function checkServerClock({ now, asked }: ServerFacts): Finding | undefined {
  if (Math.abs(now - asked) <= TOLERANCE) return undefined
  return wrong('clock', `The clock says ${secondOf(asked)}, and PostgreSQL's ${secondOf(now)}.`, CLOCK_FIX)
}
