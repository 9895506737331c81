import { first } from './migrations/0001-first.ts'
import { history } from './migrations/0002-history.ts'
import { host } from './migrations/0003-host.ts'
import { slugs } from './migrations/0004-slugs.ts'
import { standing } from './migrations/0005-standing.ts'
import { names } from './migrations/0006-names.ts'
import { admin } from './migrations/0007-admin.ts'
import { guard } from './migrations/0008-guard.ts'
import { health } from './migrations/0009-health.ts'
import { narrow } from './migrations/0010-narrow.ts'
import { reads } from './migrations/0011-reads.ts'
import type { Migration, MigrationStatus } from './migrations/migration.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

export const MIGRATIONS: readonly Migration[] = [
  first,
  history,
  host,
  slugs,
  standing,
  names,
  admin,
  guard,
  health,
  narrow,
  reads,
]

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

/** How a store does the steps of its schema. */
export interface Migrating {
  readonly reader: Reader
  readonly dialect: 'sqlite' | 'postgres'
  /** Whether the table is there that says how far the store is. */
  hasVersion(): Promise<boolean>
  /** Runs a script of SQL in which `{table}` stands for the store's own names. */
  execute(script: string): Promise<void>
}

/** The steps that a store lacks, and the note of them, to be run within a transaction in which nobody else migrates. */
export async function migrate(store: Migrating): Promise<void> {
  await store.execute('create table if not exists {store} (version integer not null, readable_from integer not null)')
  const { version } = await migrationStatus(store)
  for (const step of MIGRATIONS) {
    if (step.version <= version) continue
    await store.execute(step[store.dialect])
    await store.execute(`delete from {store}; insert into {store} values (${step.version}, ${step.readableFrom})`)
  }
}

const readVersion = statement<{ version: number; readable_from: number }>('select version, readable_from from {store}')

/** Refuses, with {@link StoreTooNew}, a store that only a newer program can read. */
export async function migrationStatus(store: Omit<Migrating, 'execute'>): Promise<MigrationStatus> {
  const row = (await store.hasVersion()) ? await store.reader.get(readVersion, {}) : undefined
  const version = row?.version ?? 0
  const readableFrom = row?.readable_from ?? 0
  if (readableFrom > NEWEST) throw new StoreTooNew(readableFrom)
  const pending = MIGRATIONS.filter((step) => step.version > version).map(({ name }) => name)
  return { version, newest: NEWEST, readableFrom, pending }
}
