import { Hono } from 'hono'
import { type Clock, systemClock } from '../base/clock.ts'
import { BodyBudget, DEFAULT_RATE_LIMIT, type RateLimit, RateLimiter } from '../scim-api/limits.ts'
import { ADMIN_PATH, adminUrlOf } from './addresses.ts'
import { type AuthorizeAdmin, Door } from './door.ts'
import { Exchange, jsonResponse, type Service } from './exchange.ts'
import { openApiOf } from './openapi.ts'
import type { AdminPorts } from './ports.ts'
import { RecordedReads } from './reads.ts'
import type { ClientFacts } from './route.ts'
import { ROUTES } from './routes/all.ts'
import type { AdminLibrary } from './surface.ts'

export interface AdminApiOptions {
  /** Who asks, by the host's own session; API keys are told by the library itself, before. */
  readonly authorizeAdmin: AuthorizeAdmin
  readonly ports?: AdminPorts
  /** Origins beside the public URL's from which browsers may write, such as `http://localhost:3000`. */
  readonly origins?: readonly string[]
  /** Of each API key in this process; unless told otherwise 200 a second, 2,000 in a burst. Sessions have none. */
  readonly rateLimit?: RateLimit
  readonly clock?: Clock
  /** Hears of what was our fault. */
  readonly onFault?: (error: unknown) => void
  /** Hears of each request, after its answer. */
  readonly onRequest?: (facts: AdminRequestFacts) => void
}

/** What is said of a request to logs and metrics. */
export interface AdminRequestFacts {
  readonly method: string
  readonly operation: string
  readonly status: number
  readonly milliseconds: number
}

export interface AdminApi {
  /** Answers everything at {@link ADMIN_PATH} and below; `client` is where the request comes from, as the adapter knows it. */
  fetch(request: Request, client: { readonly address: string | null }): Promise<Response>
  /** The OpenAPI 3.1 document. */
  openapi(): object
}

/** What Hono hands from a request's arrival to its route, and back. */
interface Bindings {
  readonly client: ClientFacts
  operation: string
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE']

/** The admin API over the library: for the panel, the command line, and the host application. */
export function createAdminApi(library: AdminLibrary, options: AdminApiOptions): AdminApi {
  const service = serviceOf(library, options)
  let document: object | undefined
  const openapi = (): object => {
    document ??= openApiOf(ROUTES, adminUrlOf(library).href)
    return document
  }
  const app = appOf(service, openapi)
  return {
    async fetch(request, { address }) {
      const started = performance.now()
      const agent = request.headers.get('user-agent')?.slice(0, 200) ?? null
      const bindings: Bindings = { client: { address, agent }, operation: 'unknown' }
      const response = await app.fetch(request, bindings)
      const milliseconds = performance.now() - started
      const { operation } = bindings
      tell(service, () =>
        options.onRequest?.({ method: request.method, operation, status: response.status, milliseconds }),
      )
      return response
    },
    openapi,
  }
}

function serviceOf(library: AdminLibrary, options: AdminApiOptions): Service {
  const { authorizeAdmin, ports = {}, origins = [], clock = systemClock, onFault = () => {} } = options
  const door = new Door({
    library,
    authorizeAdmin,
    origins: new Set([adminUrlOf(library).origin, ...origins]),
    limiter: new RateLimiter(options.rateLimit ?? DEFAULT_RATE_LIMIT, clock),
  })
  return { library, ports, door, budget: new BodyBudget(), reads: new RecordedReads(), clock, onFault }
}

/** A router and nothing else: reading, refusing and answering are the exchange's. */
function appOf(service: Service, openapi: () => object): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>()
  const base = app.basePath(ADMIN_PATH)
  base.get('/openapi.json', () => jsonResponse(200, openapi()))
  for (const route of ROUTES)
    base.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), ({ env, req }) => {
      env.operation = route.operation
      return new Exchange(service, req.raw, env.client).answer(route, req.param() as Record<string, string>)
    })
  app.onError((error, { env, req }) => new Exchange(service, req.raw, env.client).failed(error))
  app.notFound(({ env, req }) => {
    const allowed = METHODS.filter((method) => app.router.match(method, req.path)[0].length > 0)
    return new Exchange(service, req.raw, env.client).nowhere(allowed)
  })
  return app
}

/** Telling of a request must not cost its answer, which may be of something that is done already. */
function tell({ onFault }: Service, tale: () => void): void {
  try {
    tale()
  } catch (error) {
    onFault(error)
  }
}
