import { readFileSync } from 'node:fs'
import { urlReason } from '../../options.ts'
import { Fault, misused } from '../fault.ts'
import { PROGRAM } from '../name.ts'
import { quoted } from '../quoted.ts'
import { refusalOf } from './refusals.ts'

/** Options of commands that can work on a service elsewhere. */
export const REMOTE: readonly (readonly [string, string])[] = [
  ['--url <url>', 'work on the service there, by its admin API, instead of on a database'],
  ['--api-key-file <file>', 'with --url: file with the API key (default: the key is in OPTIMAITE_SCIM_API_KEY)'],
]

const KEY = 'OPTIMAITE_SCIM_API_KEY'
// Its value is the library's, as the type says; loading the API for it would take longer than all else.
const PATH: typeof import('@optimaite/scim/admin').ADMIN_PATH = '/api/admin/v1'

export type Query = Readonly<Record<string, string | number | undefined>>

/** The admin API of a service elsewhere. Times arrive as the library has them, in milliseconds. */
export interface Remote {
  /** Of the service, without a `/` at its end. */
  readonly url: string
  /** What a suggested command needs besides, so that it works on the same service. */
  readonly hint: string
  call<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    sent?: { readonly query?: Query; readonly body?: object },
  ): Promise<T>
}

/** Absent where the command is about a database. */
export function remoteOf(options: Readonly<Record<string, unknown>>): Remote | undefined {
  if (options.url === undefined) {
    if (options.apiKeyFile === undefined) return undefined
    throw misused('--api-key-file is for a service elsewhere.', 'Say where it is with --url URL.')
  }
  const url = checkedUrl(String(options.url))
  const key = readKey(options.apiKeyFile)
  const file = options.apiKeyFile === undefined ? '' : ` --api-key-file ${quoted(String(options.apiKeyFile))}`
  return {
    url,
    hint: ` --url ${quoted(url)}${file}`,
    async call<T>(method: string, path: string, { query = {}, body }: { query?: Query; body?: object } = {}) {
      const given = Object.entries(query).filter(([, value]) => value !== undefined)
      const search =
        given.length === 0
          ? ''
          : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)] as [string, string]))}`
      const headers = { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }) }
      // A redirect could lead the key elsewhere.
      const init = { method, headers, redirect: 'error', ...(body && { body: JSON.stringify(body) }) } as const
      const response = await fetch(`${url}${PATH}${path}${search}`, init).catch((error: unknown) => {
        throw unreachable(url, error)
      })
      const text = await response.text().catch((error: unknown) => {
        throw brokenOff(url, error)
      })
      if (!response.ok) throw refusalOf(url, response.status, text)
      return (text === '' ? undefined : JSON.parse(text, withMilliseconds)) as T
    },
  }
}

/** A path from its parts, each of them encoded. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

/** The same of what is in a workspace. */
export function inWorkspace(slug: string, ...parts: readonly string[]): string {
  return pathOf('workspaces', slug, ...parts)
}

function checkedUrl(text: string): string {
  const reason = urlReason(text) ?? (isPrivate(text) ? undefined : 'the key would go there unencrypted')
  if (reason === undefined) return text.replace(/\/+$/, '')
  throw misused(`--url ${text} is not possible: ${reason}.`, 'Write --url https://scim.example.com, for instance.')
}

function isPrivate(text: string): boolean {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname)
}

function readKey(file: unknown): string {
  const text = (file === undefined ? process.env[KEY] : read(String(file)))?.trim() ?? ''
  if (/^opt_key_\w{20,200}$/.test(text)) return text
  const next = `Put a key into ${KEY}, or name a file with --api-key-file FILE; an operator makes keys in the panel, or with "${PROGRAM} key create".`
  throw misused(text === '' ? 'An API key is missing.' : 'What was given is no API key.', next)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw misused(`--api-key-file ${file} cannot be read (${code}).`, 'Name a file that this user may read.')
  }
}

function unreachable(url: string, error: unknown): Fault {
  return new Fault(`No service answers at ${url}${whyOf(error)}.`, 'Check the address that was given with --url.')
}

function brokenOff(url: string, error: unknown): Fault {
  const problem = `The answer of the service at ${url} broke off${whyOf(error)}.`
  return new Fault(problem, 'What was asked for may have been done: look before you ask for it again.')
}

function whyOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: string } }
  return cause?.code === undefined ? '' : ` (${cause.code})`
}

function withMilliseconds(key: string, value: unknown): unknown {
  return typeof value === 'string' && /^at$|At$/.test(key) ? Date.parse(value) : value
}
