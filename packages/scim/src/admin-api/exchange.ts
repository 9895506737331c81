import { z } from '@hono/zod-openapi'
import type { Clock } from '../base/clock.ts'
import { ScimError } from '../base/errors.ts'
import { preferredLanguage } from '../base/language.ts'
import type { BodyBudget } from '../scim-api/limits.ts'
import type { Principal } from './access.ts'
import { writeAudit } from './audit.ts'
import { SMALL_BODY, withJson } from './body.ts'
import { type Admitted, ANYONE, type Door } from './door.ts'
import type { AdminPorts } from './ports.ts'
import { type Failure, failureOf } from './problem.ts'
import { paramsOf, queryOf, read, readWithRows } from './read.ts'
import { AdminRefused } from './refusals.ts'
import { type Call, type ClientFacts, isWrite, type Noted, type Route } from './route.ts'
import type { AdminLibrary } from './surface.ts'

/** What every exchange works with. */
export interface Service {
  readonly library: AdminLibrary
  readonly ports: AdminPorts
  readonly door: Door
  readonly budget: BodyBudget
  readonly clock: Clock
  readonly onFault: (error: unknown) => void
}

const NO_QUERY = z.strictObject({})

type Params = Readonly<Record<string, string>>
type Notes = { -readonly [K in keyof Noted]: Noted[K] }

/** One request in, one response out, whatever happens. */
export class Exchange {
  readonly #service: Service
  readonly #request: Request
  readonly #client: ClientFacts
  readonly #headers = new Headers()
  readonly #notes: Notes = {}

  constructor(service: Service, request: Request, client: ClientFacts) {
    this.#service = service
    this.#request = request
    this.#client = client
  }

  /** A request that has a route. Nothing of it is believed, or read, before the door has let it in. */
  async answer(route: Route, params: Params): Promise<Response> {
    let principal: Principal | undefined
    try {
      const admitted = await this.#service.door.identify(this.#request, route.access, this.#client)
      principal = admitted.principal
      this.#service.door.admit(principal, route, params, this.#request)
      const value = await this.#handle(route, paramsOf(params), admitted)
      const status = route.status ?? 200
      if (isWrite(route)) await this.#audited(route, params, principal, status)
      return this.#respond(status, value)
    } catch (error) {
      return this.#refuse(route, params, principal, this.#failure(error))
    }
  }

  /** A fault before or behind everything else. */
  failed(error: unknown): Response {
    return this.#fail(this.#failure(error))
  }

  /** A request without a route: who is not known here does not learn so much as that. */
  async nowhere(allowed: readonly string[]): Promise<Response> {
    try {
      await this.#service.door.identify(this.#request, undefined, this.#client)
      if (allowed.length === 0) throw new AdminRefused('route_unknown')
      const allow = allowed.join(', ')
      const method = this.#request.method.slice(0, 20)
      throw new AdminRefused('wrong_method', { method, allow }, { headers: { Allow: allow } })
    } catch (error) {
      return this.#fail(this.#failure(error))
    }
  }

  #failure(error: unknown): Failure {
    return failureOf(error, preferredLanguage(this.#request.headers.get('accept-language')))
  }

  #handle(route: Route, params: Params, { principal, session }: Admitted): Promise<unknown> {
    const { library, ports, clock } = this.#service
    const call: Call = {
      library,
      ports,
      principal,
      session,
      client: this.#client,
      params: route.params ? read(route.params, params, 'the path') : undefined,
      query: read(route.query ?? NO_QUERY, queryOf(new URL(this.#request.url).searchParams), 'the query'),
      body: undefined,
      now: clock(),
      by: { admin: principal.kind === 'api_key' ? `API key ${principal.name}` : principal.name },
      headers: this.#headers,
      note: (noted) => Object.assign(this.#notes, noted),
    }
    const { body: schema } = route
    if (!schema) return route.handle(call as never)
    const rules = { limit: route.bodyBytes ?? SMALL_BODY, optional: route.optionalBody ?? false }
    return withJson(this.#request, this.#service.budget, rules, async (json) => {
      const { rows } = route
      const body = rows ? await readWithRows(schema as z.ZodObject, rows, json) : read(schema, json, 'the body')
      return route.handle({ ...call, body } as never)
    })
  }

  /** What was done must be in the trail: a caller who reads "done" can rely on it. */
  async #audited(route: Route, params: Params, principal: Principal, status: number): Promise<void> {
    try {
      await this.#audit(route, params, principal, status)
    } catch (error) {
      this.#service.onFault(error)
      throw new ScimError('answer_lost')
    }
  }

  async #refuse(route: Route, params: Params, principal: Principal | undefined, failure: Failure): Promise<Response> {
    const { status, code } = failure.problem
    const hidden = principal !== undefined && !this.#service.door.reaches(principal, params.workspace)
    let entry: string | undefined
    if (principal && code !== 'answer_lost' && (isWrite(route) || status === 403 || hidden)) {
      try {
        entry = await this.#audit(route, params, principal, status, hidden || code === 'workspace_unknown')
      } catch (error) {
        this.#service.onFault(error)
      }
    }
    return this.#fail(failure, entry)
  }

  async #audit(
    route: Route,
    params: Params,
    admitted: Principal,
    status: number,
    outside = false,
  ): Promise<string | undefined> {
    const { principal = admitted, ...notes } = this.#notes
    if (principal === ANYONE) return undefined
    return writeAudit(this.#service.library, {
      ...notes,
      ...{ principal, client: this.#client, operation: route.operation, params, status, outside },
    })
  }

  #fail({ problem, headers, fault }: Failure, request?: string): Response {
    if (fault !== undefined) this.#service.onFault(fault)
    for (const [name, value] of Object.entries(headers)) this.#headers.set(name, value)
    this.#headers.delete('Set-Cookie')
    return jsonResponse(
      problem.status,
      request === undefined ? problem : { ...problem, request },
      this.#headers,
      'application/problem+json',
    )
  }

  #respond(status: number, value: unknown): Response {
    return jsonResponse(status, status === 204 ? undefined : value, this.#headers)
  }
}

/** Answers hold what belongs to one person alone, secrets even: nobody keeps them. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers: Headers = new Headers(),
  type = 'application/json',
): Response {
  headers.set('Cache-Control', 'no-store')
  headers.set('X-Content-Type-Options', 'nosniff')
  if (value === undefined) return new Response(null, { status, headers })
  headers.set('Content-Type', type)
  return new Response(JSON.stringify(value), { status, headers })
}
