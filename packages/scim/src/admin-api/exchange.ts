import { z } from '@hono/zod-openapi'
import type { Clock } from '../base/clock.ts'
import { ScimError } from '../base/errors.ts'
import { preferredLanguage } from '../base/language.ts'
import type { BegunAudit } from '../provisioning/audit/audit.ts'
import type { BodyBudget } from '../scim-api/limits.ts'
import type { Principal } from './access.ts'
import { intentOf, outcomeOf, readOf, type Told } from './audit.ts'
import { SMALL_BODY, withJson } from './body.ts'
import { type Admitted, ANYONE, type Door } from './door.ts'
import type { AdminPorts } from './ports.ts'
import { type Failure, failureOf } from './problem.ts'
import { paramsOf, queryOf, read, readWithRows } from './read.ts'
import type { RecordedReads } from './reads.ts'
import { AdminRefused } from './refusals.ts'
import { type Call, type ClientFacts, isWrite, type Noted, type Route } from './route.ts'
import type { AdminLibrary } from './surface.ts'

/** What every exchange works with. */
export interface Service {
  readonly library: AdminLibrary
  readonly ports: AdminPorts
  readonly door: Door
  readonly budget: BodyBudget
  readonly reads: RecordedReads
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
  #begun: BegunAudit | undefined

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
      const value = await this.#handle(route, params, admitted)
      const status = route.status ?? 200
      if (isWrite(route)) await this.#audited(route, params, principal, status)
      else await this.#recorded(route, params, principal)
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

  #handle(route: Route, path: Params, { principal, session }: Admitted): Promise<unknown> {
    const { library, ports, clock } = this.#service
    const params = paramsOf(path)
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
    const perform = async (given: Call): Promise<unknown> => {
      if (isWrite(route)) await this.#begin(route, path, principal)
      return route.handle(given as never)
    }
    if (!schema) return perform(call)
    const rules = { limit: route.bodyBytes ?? SMALL_BODY, optional: route.optionalBody ?? false }
    return withJson(this.#request, this.#service.budget, rules, async (json) => {
      const { rows } = route
      const body = rows ? await readWithRows(schema as z.ZodObject, rows, json) : read(schema, json, 'the body')
      return perform({ ...call, body })
    })
  }

  /** Before anything is done, since a crash after it must not leave it unrecorded. */
  async #begin(route: Route, params: Params, principal: Principal): Promise<void> {
    // Of whoever opens a setup link it is known only afterwards which link that is.
    if (principal === ANYONE) return
    const told = this.#told(route, params, principal, route.trail === 'service')
    this.#begun = await this.#service.library.audit.begin(intentOf(told))
  }

  /** How it ended must be in the trail too: a caller who reads "done" can rely on it. */
  async #audited(route: Route, params: Params, principal: Principal, status: number): Promise<void> {
    try {
      await this.#audit(this.#told(route, params, principal, route.trail === 'service'), status)
    } catch (error) {
      this.#service.onFault(error)
      throw new ScimError('answer_lost')
    }
  }

  /** What was read is answered only once the trail has it; where that cannot be written, the read fails, and may be tried again. */
  async #recorded(route: Route, params: Params, principal: Principal): Promise<void> {
    // Whoever opened a setup link reads of one set-up alone, and the link tells who that was.
    if (route.trail === 'none' || principal.kind === 'setup_link') return
    const { library, reads, clock } = this.#service
    const { kind, id } = principal
    const read = JSON.stringify([kind, id, route.operation, params.workspace])
    const entry = readOf(this.#told(route, params, principal, false))
    await reads.record(read, clock(), () => library.audit.write(entry))
  }

  async #refuse(route: Route, params: Params, principal: Principal | undefined, failure: Failure): Promise<Response> {
    const { status, code } = failure.problem
    const hidden = principal !== undefined && !this.#service.door.reaches(principal, params.workspace)
    let entry: string | undefined
    if (principal && code !== 'answer_lost' && (isWrite(route) || status === 403 || hidden)) {
      const outside = hidden || code === 'workspace_unknown'
      try {
        entry = await this.#audit(this.#told(route, params, principal, outside), status)
      } catch (error) {
        this.#service.onFault(error)
      }
    }
    return this.#fail(failure, entry)
  }

  #told(route: Route, params: Params, principal: Principal, outside: boolean): Told {
    return { principal, client: this.#client, operation: route.operation, params, outside }
  }

  /** Settles what has begun, or writes what was refused before; answers the entry's id. */
  async #audit(admitted: Told, status: number): Promise<string | undefined> {
    const { principal = admitted.principal } = this.#notes
    if (principal === ANYONE) return undefined
    const told = { ...admitted, principal }
    const outcome = outcomeOf(told, this.#notes, status)
    if (!this.#begun) return this.#service.library.audit.write({ ...intentOf(told), ...outcome })
    await this.#begun.settle(outcome)
    return this.#begun.id
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
