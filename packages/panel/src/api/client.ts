import type { Language, ProblemBody } from './types.ts'

export const API = '/api/admin/v1'

/** A refusal of the service, or none of its answers at all: `offline`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly fix: string | undefined
  /** The reference to quote. */
  readonly request: string | undefined
  readonly problems: ProblemBody['problems']
  /** Of the message. */
  readonly language: Language
  /** In the language of the page; absent where the service gave none in it, as sign-in, which has English alone. */
  readonly heading: string | undefined

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.message ?? body.title ?? '')
    this.status = status
    this.code = body.code ?? 'unknown'
    this.fix = body.fix
    this.request = body.request
    this.problems = body.problems
    this.heading = body.language === undefined && document.documentElement.lang !== 'en' ? undefined : body.title
    this.language = body.language ?? 'en'
  }
}

/** Said by the admin API, and by sign-in; that a code was wrong is answered with 401 too. */
const NO_SESSION: ReadonlySet<string> = new Set(['not_signed_in', 'unauthorized'])

/** Whether nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401 && NO_SESSION.has(error.code)
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface CallOptions {
  readonly query?: Query
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Calls the admin API; a refusal is an `ApiProblem`. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  return send<T>(method, `${API}${path}${queryText(options.query)}`, options)
}

export async function send<T>(method: string, url: string, { body, signal }: CallOptions = {}): Promise<T> {
  const response = await reach(url, {
    method,
    credentials: 'same-origin',
    referrerPolicy: 'no-referrer',
    headers: {
      Accept: 'application/json',
      'Accept-Language': document.documentElement.lang,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  const answer = await bodyOf(response)
  if (!response.ok) throw new ApiProblem(response.status, (answer ?? {}) as ProblemBody)
  return answer as T
}

/** A path from its parts, each of them encoded. */
export function path(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

export function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'offline' })
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
