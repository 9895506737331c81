import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { distributePostgres } from '../src/store/postgres/distribute.ts'
import { openPostgres } from '../src/store/postgres/open.ts'
import { TABLES as STORED } from '../src/store/tables.ts'
import { createDatabase } from './postgres/databases.ts'

/** The store that tests run on: the suite is run once for each (`vitest.config.ts`). */
export const STORE: StoreName = process.env.TEST_STORE === 'postgres' ? 'postgres' : 'sqlite'
export type StoreName = 'sqlite' | 'postgres'

/** An empty store of a test's own. */
export interface TestStore {
  /** For `createScim`, here or in another process. */
  readonly database: string
  /** A folder for whatever the test wants to write; on SQLite the store's files are in it. */
  readonly folder: string
  discard(): Promise<void>
}

/** An empty store with all tables. */
export async function emptyStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-test-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  if (STORE === 'sqlite') {
    return { database: `sqlite:${join(folder, 'store.db')}`, folder, discard: async () => remove() }
  }
  const database = used.pop() ?? (await newDatabase())
  return {
    database: database.url,
    folder,
    async discard() {
      remove()
      await database.client.query(EMPTY)
      used.push(database)
    },
  }
}

interface UsedDatabase {
  readonly url: string
  readonly client: pg.Client
}

/** Databases whose test is over: emptying one takes 6 ms, making and dropping one 170. */
const used: UsedDatabase[] = []

/** Children first. */
export const TABLES = STORED.map(({ name }) => name).reverse()
const EMPTY = TABLES.map((table) => `delete from scim_${table}`).join(';')

/** Whether stores on PostgreSQL are distributed by workspace; the server behind `TEST_DATABASE_URL` needs Citus then. */
const isDistributed = process.env.TEST_DISTRIBUTE === 'citus'
if (process.env.TEST_DISTRIBUTE !== undefined && !isDistributed)
  throw new Error('TEST_DISTRIBUTE is citus, or not set: nothing else distributes a store')

async function newDatabase(): Promise<UsedDatabase> {
  // Only within the tests' runner; processes that tests start open stores that are there.
  const { testDatabase } = await import('./postgres/shared.ts')
  const { url } = isDistributed ? await distributedDatabase() : await testDatabase(makeTables)
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  return { url, client }
}

async function makeTables(url: string): Promise<void> {
  await (await openPostgres({ database: url })).close()
}

/** Made from nothing: a database with Citus cannot be copied, its shards would stay the template's. */
async function distributedDatabase(): Promise<{ readonly url: string }> {
  const { sharedCluster } = await import('./postgres/shared.ts')
  const { url, run } = await sharedCluster()
  const database = await createDatabase(url, { run })
  const client = new pg.Client(database.url)
  await client.connect()
  try {
    await client.query('create extension citus')
  } finally {
    await client.end()
  }
  await distributePostgres({ database: database.url })
  return database
}
