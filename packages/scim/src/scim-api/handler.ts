import { ScimError } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { readJson } from '../base/json.ts'
import type { Context } from '../provisioning/call.ts'
import { breathe } from '../store/store.ts'
import { Authenticator } from './authenticate.ts'
import { discover } from './discovery.ts'
import type { Answer, Exchange, Handler } from './exchange.ts'
import * as groups from './groups.ts'
import { BodyBudget, type RateLimit, RateLimiter } from './limits.ts'
import { checkContent } from './media.ts'
import { type Draft, Recorder } from './record.ts'
import { RenderedGroups } from './render/rendered.ts'
import { respond, respondError, toScimError } from './respond.ts'
import { DISCOVERY, type Match, METHODS, matchRoute, NOT_OFFERED, type Route } from './routes.ts'
import * as users from './users.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** What is said of a request to logs and metrics: never its query, which holds e-mail addresses. */
export interface RequestFacts {
  readonly reference: string
  readonly method: string
  readonly route: Route | 'unknown'
  readonly status: number
  readonly milliseconds: number
  readonly workspace: string | undefined
  readonly problem: string | undefined
  /** The cause of a 5xx, other than a removal that is held. */
  readonly fault: unknown
}

export interface HandlerOptions {
  readonly rateLimit: RateLimit
  /** The path that all routes lie below, as requests have it. */
  readonly basePath: string
  readonly onRequest?: ((facts: RequestFacts) => void) | undefined
  /** A fault without a request, such as activity that could not be written. */
  readonly onFault?: ((error: unknown) => void) | undefined
}

type Table = Readonly<Partial<Record<Route, Readonly<Record<string, Handler>>>>>

const TABLE: Table = {
  '/Groups': {
    GET: groups.findGroups,
    POST: groups.postGroup,
    PUT: groups.putCollection,
    PATCH: groups.patchCollection,
  },
  '/Groups/{id}': {
    GET: groups.getGroup,
    PUT: groups.putGroup,
    PATCH: groups.patchGroup,
    DELETE: groups.removeGroup,
  },
  '/Groups/.search': { POST: groups.searchGroups },
  '/Users': { GET: users.findUsers, POST: users.postUser },
  '/Users/{id}': { GET: users.getUser, PUT: users.putUser, PATCH: users.patchUser, DELETE: users.removeUser },
  '/Users/.search': { POST: users.searchUsers },
}

const LARGE_BODY = 1024 * 1024

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/** The SCIM endpoint: one request in, one response out, whatever happens. */
export class ScimHandler {
  readonly authenticator: Authenticator
  readonly recorder: Recorder
  readonly rendered = new RenderedGroups()
  readonly #context: Context
  readonly #options: HandlerOptions
  readonly #limiter: RateLimiter
  readonly #bodies = new BodyBudget()

  constructor(context: Context, options: HandlerOptions) {
    this.#context = context
    this.#options = options
    this.authenticator = new Authenticator(context)
    this.recorder = new Recorder(context, options.onFault ?? (() => {}))
    this.#limiter = new RateLimiter(options.rateLimit, context.clock)
  }

  get heldBytes(): number {
    return this.#bodies.heldBytes
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const started = performance.now()
    const at = this.#context.clock()
    const reference = newId('act', at)
    const match = this.#match(request.path)
    const noted: { draft?: Draft } = {}
    let response: WireResponse
    let failure: ScimError | undefined
    try {
      const answer = await this.#answer(request, match, reference, at, noted)
      response = respond(request, answer)
    } catch (error) {
      failure = toScimError(error)
      response = respondError(request, failure, reference)
    }
    const { status } = response
    const { draft } = noted
    if (draft) this.#tell(() => this.recorder.answered(draft, status, failure))
    this.#tell(() =>
      this.#options.onRequest?.({
        reference,
        method: request.method,
        route: match?.route ?? 'unknown',
        status,
        milliseconds: performance.now() - started,
        workspace: draft?.client.workspace.slug,
        problem: failure?.code,
        fault: failure && isFault(failure) ? (failure.cause ?? failure) : undefined,
      }),
    )
    return response
  }

  /** Telling of a request must not cost its answer, which may be of something that is done already. */
  #tell(tale: () => void): void {
    try {
      tale()
    } catch (error) {
      this.#options.onFault?.(error)
    }
  }

  /** Routing comes first and decides nothing about access: whatever path reaches a handler has been authenticated. */
  async #answer(
    request: WireRequest,
    match: Match | undefined,
    reference: string,
    at: number,
    noted: { draft?: Draft },
  ): Promise<Answer> {
    const authorization = request.header('authorization')
    const open = match !== undefined && DISCOVERY.has(match.route) && authorization === undefined
    if (open) {
      methodOf(request, match)
      return discover(match, request.query, this.#context.baseUrl)
    }
    const client = await this.authenticator.authenticate(authorization, (known, reason) =>
      this.recorder.refused(known, at, reason),
    )
    const agent = request.header('user-agent')?.slice(0, 200) ?? null
    this.recorder.used(client, at, request.address, agent)
    const route = match?.route ?? 'unknown'
    const draft: Draft = { id: reference, at, client, agent, address: request.address, method: request.method, route }
    noted.draft = draft
    this.#limiter.take(client.token.key)
    if (!client.workspace.scim) throw new ScimError('scim_off', { workspace: client.workspace.name })
    if (!match) throw new ScimError('not_found', { path: shown(request.path) })
    const method = methodOf(request, match)
    if (DISCOVERY.has(match.route)) return discover(match, request.query, this.#context.baseUrl)
    const handler = TABLE[match.route]?.[method] as Handler
    const { rendered } = this
    return this.#call(handler, { context: this.#context, request, match, rendered, client, reference, at, draft })
  }

  #call(handler: Handler, exchange: Exchange): Promise<Answer> {
    if (!WITH_BODY.has(exchange.request.method)) return handler(exchange, null)
    checkContent(exchange.request)
    return this.#bodies.withBody(exchange.request, async (bytes) => {
      const body = readJson(bytes)
      exchange.draft.body = body
      // What follows takes as long again; others have their turn in between.
      if (bytes.length > LARGE_BODY) await breathe()
      return handler(exchange, body)
    })
  }

  #match(path: string): Match | undefined {
    const { basePath } = this.#options
    const single = path.replaceAll(/\/+/g, '/')
    if (!single.startsWith(basePath)) return undefined
    const rest = single.slice(basePath.length)
    return rest === '' || rest.startsWith('/') ? matchRoute(rest) : undefined
  }
}

/** What the guard holds is answered as if it were one, so that providers try again. */
function isFault({ status, code }: ScimError): boolean {
  return status >= 500 && code !== 'removal_held'
}

/** The method that the handlers know it by; refuses what the route does not have, or what is not offered at all. */
function methodOf(request: WireRequest, match: Match): string {
  const feature = NOT_OFFERED.get(match.route)
  if (feature !== undefined) throw new ScimError('not_offered', { feature })
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const methods = METHODS[match.route]
  if (methods.includes(method)) return method
  const allow = methods.includes('GET') ? ['HEAD', ...methods].join(', ') : methods.join(', ')
  throw new ScimError(
    'method_not_allowed',
    { method: shown(request.method), path: match.route, allow },
    { Allow: allow },
  )
}

function shown(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, 200)
}
