import { first } from './migrations/0001-first.ts'
import { history } from './migrations/0002-history.ts'
import { host } from './migrations/0003-host.ts'
import type { Migration, MigrationStatus } from './migrations/migration.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export const MIGRATIONS: readonly Migration[] = [first, history, host]

const NEWEST = MIGRATIONS.reduce((newest, { version }) => Math.max(newest, version), 0)

export class StoreTooNew extends Error {
  override readonly name = 'StoreTooNew'

  constructor(readableFrom: number) {
    super(
      `The store was made by a newer version of this program (it needs step ${readableFrom}, this one knows ${NEWEST}). ` +
        'Start the newer version, or restore a backup from before the upgrade.',
    )
  }
}

/**
 * Brings the tables up to date. Of processes that start at once one does it; the others find the store busy, and it done when
 * they try again.
 */
export async function migrate(writer: Writer, execute: (script: string) => void, prefix: string): Promise<void> {
  const within = (script: string): void => execute(script.replaceAll(/\{(\w+)\}/g, `${prefix}$1`))
  if ((await migrationStatus(writer, prefix)).pending.length === 0) return
  execute('begin immediate')
  try {
    within('create table if not exists {store} (version integer not null, readable_from integer not null)')
    const { version } = await migrationStatus(writer, prefix)
    for (const step of MIGRATIONS) {
      if (step.version <= version) continue
      within(step.sqlite)
      within(`delete from {store}; insert into {store} values (${step.version}, ${step.readableFrom})`)
    }
    execute('commit')
  } catch (error) {
    try {
      execute('rollback')
    } catch {
      // A full disk has ended the transaction already.
    }
    throw error
  }
  // Lets this connection know the statistics that a step wrote.
  execute('analyze sqlite_schema')
}

const tableExists = statement<{ found: number }>(
  `select count(*) as found from sqlite_master where type = 'table' and name = :name`,
)
const readVersion = statement<{ version: number; readable_from: number }>('select version, readable_from from {store}')

/** Refuses, with {@link StoreTooNew}, a store that only a newer program can read. */
export async function migrationStatus(reader: Reader, prefix: string): Promise<MigrationStatus> {
  const { found } = (await reader.get(tableExists, { name: `${prefix}store` })) ?? { found: 0 }
  const row = found > 0 ? await reader.get(readVersion, {}) : undefined
  const version = row?.version ?? 0
  const readableFrom = row?.readable_from ?? 0
  if (readableFrom > NEWEST) throw new StoreTooNew(readableFrom)
  const pending = MIGRATIONS.filter((step) => step.version > version).map(({ name }) => name)
  return { version, newest: NEWEST, readableFrom, pending }
}
