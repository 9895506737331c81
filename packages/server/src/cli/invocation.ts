import { existsSync } from 'node:fs'
import { createScim, readMigrationStatus, type Scim } from '@optimaite/scim'
import { type Config, publicUrlOf } from '../config.ts'
import { databaseFile, databaseLocation, databaseOptions, isPostgres, withoutPassword } from '../database.ts'
import { OPTIONS } from '../options.ts'
import { Fault } from './fault.ts'
import { PROGRAM } from './name.ts'
import { quoted } from './quoted.ts'
import type { Remote } from './remote/call.ts'

/** One call of a command: what was set up, and whether a script reads the result. */
export interface Invocation {
  readonly config: Config
  readonly json: boolean
  /** Where the command is about a service elsewhere. */
  readonly remote: Remote | undefined
}

/** Opens the store for one command, beside whatever else works on it, and closes it whatever happens. */
export async function withScim<T>(
  { config }: Invocation,
  use: (scim: Scim) => Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> {
  if (!create) await requireDatabase(config)
  const scim = await createScim({ ...databaseOptions(config), publicUrl: publicUrlOf(config) })
  try {
    return await use(scim)
  } finally {
    await scim.close()
  }
}

/** A command that only asks must not make an empty store where a path, or a database's name, was mistyped. */
export async function requireDatabase(config: Config): Promise<void> {
  const found = isPostgres(config) ? await hasTables(config) : existsSync(databaseFile(config))
  if (found) return
  throw new Fault(
    isPostgres(config)
      ? `There is nothing of this program in ${databaseLocation(config)}.`
      : `There is no database at ${databaseFile(config)}.`,
    `Start the service with "${PROGRAM} serve", or say where the database is with --database URL.`,
  )
}

async function hasTables(config: Config): Promise<boolean> {
  return (await readMigrationStatus(config.database, databaseOptions(config))).version > 0
}

/** What a suggested command needs besides, so that it works on the same store or service; never a password, nor a key. */
export function placeHint({ config, remote }: Pick<Invocation, 'config' | 'remote'>): string {
  return remote?.hint ?? databaseHint(config)
}

/** The same for a command that is about a store. */
export function databaseHint({ database, tablePrefix, tableSchema }: Config): string {
  const flags: string[] = []
  // Where the environment says it, the suggested command finds it there too.
  const isKnown = database === OPTIONS.database.fallback || database === process.env[OPTIONS.database.env]
  if (!isKnown) flags.push('--database', quoted(withoutPassword(database)))
  if (tablePrefix !== OPTIONS.tablePrefix.fallback) flags.push('--table-prefix', tablePrefix)
  if (tableSchema !== undefined) flags.push('--table-schema', tableSchema)
  return flags.map((flag) => ` ${flag}`).join('')
}
