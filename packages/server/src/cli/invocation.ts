import { existsSync } from 'node:fs'
import { createScim, type Scim } from '@optimaite/scim'
import { type Config, databaseFile, publicUrlOf } from '../config.ts'
import { OPTIONS } from '../options.ts'
import { Fault } from './fault.ts'
import { PROGRAM } from './name.ts'

/** One call of a command: what was set up, and whether a script reads the result. */
export interface Invocation {
  readonly config: Config
  readonly json: boolean
}

/** Opens the store for one command, beside whatever else works on it, and closes it whatever happens. */
export async function withScim<T>(
  { config }: Invocation,
  use: (scim: Scim) => Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> {
  if (!create) requireDatabase(config)
  const scim = await createScim({ database: config.database, publicUrl: publicUrlOf(config) })
  try {
    return await use(scim)
  } finally {
    await scim.close()
  }
}

/** A command that only asks must not make an empty store where a path was mistyped. */
export function requireDatabase(config: Config): void {
  const file = databaseFile(config)
  if (existsSync(file)) return
  throw new Fault(
    `There is no database at ${file}.`,
    `Start the service with "${PROGRAM} serve", or say where the database is with --database sqlite:FILE.`,
  )
}

/** What a suggested command needs besides, so that it works on the same store. */
export function databaseHint({ database }: Config): string {
  return database === OPTIONS.database.fallback ? '' : ` --database ${quoted(database)}`
}

function quoted(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
