import type { Facts } from '../base/problems.ts'
import type { RateLimiter } from '../scim-api/limits.ts'
import { type Access, decide, type Principal, powersOf } from './access.ts'
import { AdminRefused } from './refusals.ts'
import { type ClientFacts, isWrite, type Route } from './route.ts'
import type { AdminLibrary } from './surface.ts'

/** Who asks, by the host's own session; nothing for whoever is not signed in. */
export type AuthorizeAdmin = (request: Request) => Promise<Principal | undefined>

export interface DoorOptions {
  readonly library: AdminLibrary
  readonly authorizeAdmin: AuthorizeAdmin
  /** Of this service, as browsers name it. */
  readonly origins: ReadonlySet<string>
  /** Of each API key. */
  readonly limiter: RateLimiter
}

/** Who came in. */
export interface Admitted {
  readonly principal: Principal
  /** Of the browser that opened a setup link. */
  readonly session: string
}

/** Somebody before it is known who: what an open route is audited with. */
export const ANYONE: Principal = { kind: 'setup_link', id: '', name: '', workspace: '' }

const KEY_PREFIX = 'opt_key_'
export const SETUP_COOKIE = 'optimaite_setup'

/** The one way in: says who asks, and whether they may. Whatever is not allowed somewhere is denied here. */
export class Door {
  readonly #options: DoorOptions

  constructor(options: DoorOptions) {
    this.#options = options
  }

  /** Who asks; refuses with 401 where that is nobody, and with 429 an API key that asks too often. */
  async identify(request: Request, access: Access | undefined, client: ClientFacts): Promise<Admitted> {
    if (access !== undefined && 'for' in access) {
      if (access.for === 'anyone') return { principal: ANYONE, session: '' }
      if (access.for === 'setup_link') return this.#bySetupLink(request)
    }
    const key = keyOf(request)
    const principal = key === undefined ? await this.#options.authorizeAdmin(request) : await this.#byKey(key, client)
    if (!principal) throw new AdminRefused('not_signed_in', {}, { headers: { 'WWW-Authenticate': 'Bearer' } })
    return { principal, session: '' }
  }

  /** Refuses who may not: with 404 what another's workspace holds, with 403 what is too much. */
  admit(principal: Principal, route: Route, params: Readonly<Record<string, string>>, request: Request): void {
    const { access } = route
    const { workspace } = params
    if (!('for' in access && access.for === 'anyone')) {
      const decision = decide(principal, access, workspace)
      if (decision === 'hidden') throw new AdminRefused('workspace_unknown', { workspace: workspace ?? '' })
      if (decision !== 'allowed') throw new AdminRefused('forbidden', needOf(access))
    }
    if (isWrite(route) && principal.kind !== 'api_key') this.#checkOrigin(request)
  }

  /** Whether the path's workspace, if it names one, is within reach. */
  reaches(principal: Principal, workspace: string | undefined): boolean {
    return workspace === undefined || powersOf(principal).reaches(workspace)
  }

  async #byKey(text: string, { address, agent }: ClientFacts): Promise<Principal> {
    const key = await this.#options.library.apiKeys.authenticate(text, { address, client: agent })
    if (!key) throw new AdminRefused('api_key_refused', {}, { headers: { 'WWW-Authenticate': 'Bearer' } })
    const { id, name, workspace, scopes } = key
    const seconds = this.#options.limiter.waitFor(id)
    if (seconds > 0)
      throw new AdminRefused('too_many_calls', { seconds }, { headers: { 'Retry-After': String(seconds) } })
    return { kind: 'api_key', id, name, workspace, scopes }
  }

  async #bySetupLink(request: Request): Promise<Admitted> {
    const session = cookieOf(request, SETUP_COOKIE)
    const opened = session === undefined ? undefined : await this.#options.library.setupLinks.open(session)
    if (session === undefined || !opened) throw new AdminRefused('setup_not_claimed')
    const { link, workspace } = opened
    const principal: Principal = {
      kind: 'setup_link',
      id: link.id,
      name: 'Setup link',
      workspace: workspace.slug,
    }
    return { principal, session }
  }

  /** What a browser adds by itself, such as a cookie, is no proof that its user wanted the request. */
  #checkOrigin({ headers }: Request): void {
    const origin = headers.get('origin')
    if (origin === null || !this.#options.origins.has(origin)) throw new AdminRefused('origin_refused')
  }
}

/** An API key is one by its form; any other credentials are the host's to read. */
function keyOf({ headers }: Request): string | undefined {
  const text = /^bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  return text?.startsWith(KEY_PREFIX) ? text : undefined
}

function cookieOf({ headers }: Request, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.filter((pair) => pair.startsWith(`${name}=`))
  // Of two, one is somebody else's doing.
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined
}

function needOf(access: Access): Facts {
  if ('for' in access) return { who: access.for === 'setup_link' ? 'setup_link' : 'signed_in' }
  return { scope: access.scope, reach: access.level }
}
