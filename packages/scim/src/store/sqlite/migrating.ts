import { type Migrating, migrate, migrationStatus } from '../migrate.ts'
import { statement } from '../statement.ts'
import type { Connection } from './connection.ts'

const tableExists = statement<{ found: number }>(
  `select count(*) as found from sqlite_master where type = 'table' and name = :name`,
)

export function migratingSqlite(connection: Connection, prefix: string): Migrating {
  return {
    reader: connection,
    dialect: 'sqlite',
    async hasVersion() {
      return ((await connection.get(tableExists, { name: `${prefix}store` }))?.found ?? 0) > 0
    },
    async execute(script) {
      connection.database.exec(script.replaceAll(/\{(\w+)\}/g, `${prefix}$1`))
    },
  }
}

/**
 * Brings the tables up to date. Of processes that start at once one does it; the others find the store busy, and it done when
 * they try again.
 */
export async function migrateSqlite(connection: Connection, prefix: string): Promise<void> {
  const store = migratingSqlite(connection, prefix)
  if ((await migrationStatus(store)).pending.length === 0) return
  const { database } = connection
  database.exec('begin immediate')
  try {
    await migrate(store)
    database.exec('commit')
  } catch (error) {
    // A full disk has ended the transaction already.
    if (database.inTransaction) database.exec('rollback')
    throw error
  }
  // Lets this connection know the statistics that a step wrote.
  database.exec('analyze sqlite_schema')
}
