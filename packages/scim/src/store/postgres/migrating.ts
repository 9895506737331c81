import type { ClientBase } from 'pg'
import { type Migrating, migrate, migrationStatus } from '../migrate.ts'
import { statement } from '../statement.ts'
import type { Reader } from '../store.ts'

/** Where the tables are. */
export interface Place {
  readonly schema: string | undefined
  readonly prefix: string
}

const tableExists = statement<{ found: string | null }>(`select to_regclass(:name)::text as found`)

/** Before a table's name in a statement. */
export function qualified({ schema, prefix }: Place): string {
  return schema === undefined ? prefix : `"${schema}".${prefix}`
}

export function migratingPostgres(reader: Reader, place: Place, client?: ClientBase): Migrating {
  const before = qualified(place)
  return {
    reader,
    dialect: 'postgres',
    async hasVersion() {
      return (await reader.get(tableExists, { name: `${before}store` }))?.found != null
    },
    async execute(script) {
      const named = script.replaceAll(/\{#(\w+)\}/g, `${place.prefix}$1`)
      await client?.query(named.replaceAll(/\{(\w+)\}/g, `${before}$1`))
    },
  }
}

/** Brings the tables up to date. Of processes that start at once one does it, and the others wait for it. */
export async function migratePostgres(client: ClientBase, reader: Reader, place: Place): Promise<void> {
  const store = migratingPostgres(reader, place, client)
  if ((await migrationStatus(store)).pending.length === 0) return
  // Whatever the database's default: whoever waited for the lock has to see what was made meanwhile.
  await client.query('begin isolation level read committed')
  try {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`${qualified(place)}store`])
    if (place.schema !== undefined) {
      // Stores with other prefixes may share it, and make it at the same time.
      await client.query('select pg_advisory_xact_lock(hashtext($1))', [place.schema])
      await client.query(`create schema if not exists "${place.schema}"`)
    }
    if ((await migrationStatus(store)).pending.length > 0) await migrate(store)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
