import type { CopiedTable } from '@optimaite/scim'
import type { BetterAuthOptions } from 'better-auth'
import { getSchema } from 'better-auth/db'
import type { DatabaseSettings } from '../database.ts'
import { migrateAuth, tableOptions } from './auth.ts'
import { openSignInDatabase, type SignInDatabase } from './database.ts'
import { makeOwnTables, OWN_TABLES } from './tables.ts'

type Column = CopiedTable['columns'][number]

/**
 * The tables that a copy takes along with a store, made in the target where they are missing: none where nobody could sign in
 * to the source yet.
 */
export async function signInTables(from: DatabaseSettings, to: DatabaseSettings): Promise<CopiedTable[]> {
  if (!(await using(from, hasTables))) return []
  await using(from, makeTables)
  return using(to, async (database) => {
    await makeTables(database)
    return [...authTables(tableOptions(database), database), ...OWN_TABLES.map(ownTable)]
  })
}

async function using<T>(settings: DatabaseSettings, work: (database: SignInDatabase) => Promise<T>): Promise<T> {
  const database = openSignInDatabase(settings)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function hasTables({ kysely, name, schema }: SignInDatabase): Promise<boolean> {
  const tables = await kysely.introspection.getTables()
  return tables.some((table) => table.name === name('users') && (schema === undefined || table.schema === schema))
}

async function makeTables(database: SignInDatabase): Promise<void> {
  await database.alone(async () => {
    await makeOwnTables(database)
    await migrateAuth(tableOptions(database))
  })
}

/** Those of better-auth, those that others refer to first. */
function authTables(options: BetterAuthOptions, { name }: SignInDatabase): CopiedTable[] {
  const prefix = name('').length - SIGN_IN.length
  return Object.entries(getSchema(options))
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([model, { fields }]): CopiedTable => {
      const columns = Object.entries(fields).map(([column, { type }]): Column => ({ name: column, kind: kindOf(type) }))
      return named(model.slice(prefix), [{ name: 'id', kind: 'text' }, ...columns])
    })
}

const SIGN_IN = 'sign_in_'
const KINDS = { string: 'text', number: 'integer', boolean: 'boolean', date: 'moment' } as const

function kindOf(type: unknown): Column['kind'] {
  const kind = KINDS[type as keyof typeof KINDS]
  if (kind === undefined)
    throw new Error(`better-auth has a column of the type ${String(type)}, which is not copied yet`)
  return kind
}

function ownTable({ name, text, integer = '' }: (typeof OWN_TABLES)[number]): CopiedTable {
  const columns = (names: string, kind: Column['kind']): Column[] =>
    names.split(' ').flatMap((column) => (column === '' ? [] : [{ name: column, kind }]))
  return named(`${SIGN_IN}${name}`, [...columns(text, 'text'), ...columns(integer, 'integer')])
}

/** A service that has started has a secret and a link for a first operator; only somebody's account is worth keeping. */
function named(name: string, columns: readonly Column[]): CopiedTable {
  return { name, columns, before: name === `${SIGN_IN}users` ? 'refused' : 'replaced' }
}
