import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openPostgres } from '../src/store/postgres/open.ts'

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
export const TABLES = [
  ...['change_people', 'changes', 'former_groups', 'memberships', 'activity', 'token_refusals', 'tokens', 'groups'],
  ...['person_names', 'person_addresses', 'person_aliases', 'people', 'workspace_slugs', 'workspaces'],
]
const EMPTY = TABLES.map((table) => `delete from scim_${table}`).join(';')

async function newDatabase(): Promise<UsedDatabase> {
  // Only within the tests' runner; processes that tests start open stores that are there.
  const { testDatabase } = await import('./postgres/shared.ts')
  const { url } = await testDatabase(async (template) => {
    await (await openPostgres({ database: template })).close()
  })
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  return { url, client }
}
