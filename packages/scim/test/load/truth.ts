import Database from 'better-sqlite3'
import pg from 'pg'
import { isPostgres } from '../../src/store/open.ts'
import { TYPES } from '../../src/store/postgres/types.ts'

/** What a store holds, read beside the service on a connection of its own. `database` is as `createScim` takes it. */
export async function rowsOf<Row>(database: string, sql: string): Promise<Row[]> {
  if (!isPostgres(database)) {
    const file = new Database(fileOf(database))
    try {
      return file.prepare(sql).all() as Row[]
    } finally {
      file.close()
    }
  }
  const client = await lasting(database)
  return (await client.query({ text: sql, types: TYPES })).rows as Row[]
}

const clients = new Map<string, Promise<pg.Client>>()

/** One connection for each database, until it is cut; to open another takes longer than most questions. */
function lasting(database: string): Promise<pg.Client> {
  const known = clients.get(database)
  if (known) return known
  const opening = (async () => {
    const client = new pg.Client(database)
    client.on('error', () => clients.delete(database))
    await client.connect()
    return client
  })()
  clients.set(database, opening)
  opening.catch(() => clients.delete(database))
  return opening
}

/** A connection of a test's own to a PostgreSQL database. */
export async function withClient<T>(database: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(database)
  client.on('error', () => {})
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** The file of an SQLite store. */
export function fileOf(database: string): string {
  return database.replace(/^sqlite:/, '')
}
