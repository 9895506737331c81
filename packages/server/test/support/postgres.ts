import { afterAll } from 'vitest'
import { createDatabase, type Database } from '../../../scim/test/postgres/databases.ts'
import { sharedCluster } from '../../../scim/test/postgres/shared.ts'

const made: Database[] = []

afterAll(async () => {
  for (const database of made.splice(0)) await database.drop()
})

/** A PostgreSQL database with nothing in it, gone after the file's tests. */
export async function emptyDatabase(): Promise<Database> {
  const database = await createDatabase((await sharedCluster()).url)
  made.push(database)
  return database
}
