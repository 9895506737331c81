import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { misused } from './cli/fault.ts'
import { nearest } from './cli/nearest.ts'
import { type DatabaseSettings, isPostgres, withoutPassword } from './database.ts'
import { OPTIONS, type Option, type OptionName, optionNames } from './options.ts'

/** The file that is read where it stands in the current folder. */
export const CONFIG_FILE = 'optimaite-scim.config.json'

/** How this run of the program is set up. */
export interface Config extends DatabaseSettings {
  readonly host: string
  readonly port: number
  /** Absent: as many as fit the store and the machine. */
  readonly processes: number | undefined
  /** Absent: whatever the service listens on. */
  readonly publicUrl: string | undefined
  /** Requests a second for each token. */
  readonly rateLimit: number
  /** The same of the admin API for each API key. */
  readonly apiRateLimit: number
  readonly trustedProxies: readonly string[]
  /** Absent: the secret is made once, and kept in the database. */
  readonly signInSecretFile: string | undefined
  /** Absent, as the next two: operators sign in by password alone. */
  readonly oidcDiscoveryUrl: string | undefined
  readonly oidcClientId: string | undefined
  readonly oidcClientSecretFile: string | undefined
  readonly logLevel: LogLevel
}

export type LogLevel = typeof import('./options.ts').LOG_LEVELS[number]

/** What the command line said; options that were not given are absent. */
export type Flags = Readonly<Partial<Record<OptionName, unknown>>> & { readonly config?: string | undefined }

/** Where a value was found, as its refusal names it. */
interface Found {
  readonly value: unknown
  readonly shown: string
  readonly repair: (example: string) => string
}

/** Command line before environment before config file before defaults. */
export function readConfig(flags: Flags, environment: NodeJS.ProcessEnv = process.env): Config {
  const file = readConfigFile(flags.config)
  const read = (name: OptionName): unknown => {
    const option = OPTIONS[name]
    const found = flagged(option, flags[name]) ?? fromEnvironment(option, environment) ?? file(name)
    return found === undefined ? option.fallback : checked(option, found)
  }
  const config = Object.fromEntries(optionNames.map((name) => [name, read(name)])) as unknown as Config
  if (!isPostgres(config)) refuseOnSqlite(config)
  return config
}

function refuseOnSqlite({ tableSchema, processes = 1 }: Config): void {
  const postgres = 'use PostgreSQL: DATABASE_URL=postgres://USER:PASSWORD@HOST/DATABASE.'
  if (tableSchema !== undefined)
    throw misused('SQLite has no schemas for tables.', `Leave out the table schema, or ${postgres}`)
  if (processes > 1)
    throw misused(
      'SQLite is for one process: it takes one writer at a time, and others would only wait for it.',
      `Leave out the number of processes, or ${postgres}`,
    )
}

/** The base of a URL for an address to listen on; a service that listens everywhere is reached on this machine. */
export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** What people and providers reach the service by, as far as that is known without running it. */
export function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? urlOf(host, port)
}

function flagged(option: Option, value: unknown): Found | undefined {
  if (value === undefined) return undefined
  const flag = option.flags.split(' ')[0] ?? ''
  return { value, shown: `${flag} ${shown(value)}`, repair: (example) => `Write ${flag} ${example}, for instance.` }
}

function fromEnvironment({ env }: Option, environment: NodeJS.ProcessEnv): Found | undefined {
  const value = environment[env]
  // An empty variable is how shells and containers say "not set".
  if (value === undefined || value === '') return undefined
  const repair = (example: string) => `Set ${env} to ${example}, for instance, or unset it.`
  return { value, shown: `${env}=${shown(value)}`, repair }
}

function checked(option: Option, { value, shown: place, repair }: Found): unknown {
  const result = option.schema.safeParse(value)
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'it has the wrong form'
  throw misused(`${place} is not possible: ${reason}.`, repair(option.example))
}

function shown(value: unknown): string {
  return withoutPassword(typeof value === 'string' ? value : JSON.stringify(value))
}

function readConfigFile(given: string | undefined): (name: OptionName) => Found | undefined {
  const path = resolve(given ?? CONFIG_FILE)
  const text = readText(path, given !== undefined)
  if (text === undefined) return () => undefined
  const values = parsed(text, path)
  for (const key of Object.keys(values)) if (!Object.hasOwn(OPTIONS, key)) throw unknownKey(key, path)
  return (name) => {
    const value = values[name]
    if (value === undefined || value === null) return undefined
    const repair = (example: string) => `Write "${name}": ${jsonExample(value, example)} there, or leave it out.`
    return { value, shown: `"${name}": ${shown(value)} in ${path}`, repair }
  }
}

function readText(path: string, needed: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !needed) return undefined
    const problem = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw misused(
      `The config file ${path} is not possible: ${problem}.`,
      'Name a readable JSON file with --config FILE.',
    )
  }
}

function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  const example = `Write an object such as { "port": 4000 }; known names are ${optionNames.join(', ')}.`
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw misused(`The config file ${path} is no JSON: ${(error as Error).message}.`, example)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw misused(`The config file ${path} holds no JSON object.`, example)
}

function unknownKey(key: string, path: string): Error {
  const near = nearest(key, optionNames)
  const next = near === undefined ? `Known names are ${optionNames.join(', ')}.` : `Did you mean "${near}"?`
  return misused(`"${key}" in ${path} is no option of this program.`, next)
}

function jsonExample(value: unknown, example: string): string {
  return typeof value === 'string' || Number.isNaN(Number(example)) ? JSON.stringify(example) : example
}
