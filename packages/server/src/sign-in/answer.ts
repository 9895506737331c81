import { SIGN_IN_PATH } from './auth.ts'
import { methodOf } from './routes.ts'

const BODY_BYTES = 16 * 1024

/** What stands before better-auth: few routes, JSON of this service's own pages, and answers without tokens. */
export interface Before {
  readonly origins: ReadonlySet<string>
  /** What the sign-in page has to know before anybody signs in. */
  readonly methods: object
  readonly handle: (request: Request) => Promise<Response>
}

export async function answerSignIn(request: Request, { origins, methods, handle }: Before): Promise<Response> {
  const path = new URL(request.url).pathname.slice(SIGN_IN_PATH.length)
  if (path === '/methods' && request.method === 'GET') return json(200, methods)
  const method = methodOf(path)
  if (method === undefined) return problem(404, 'not_found', 'There is no such address of sign-in.')
  if (request.method !== method) return problem(405, 'method', `Only ${method} is possible here.`, { Allow: method })
  if (method === 'GET') return withoutTokens(await handle(request))
  // A cookie is no proof that its user wanted the request; better-auth asks for an origin only beside cookies.
  const origin = request.headers.get('origin')
  if (origin === null || !origins.has(origin)) return problem(403, 'origin', originDetail(origins))
  if (!isJson(request)) return problem(415, 'json_expected', 'Send JSON, as application/json.')
  const body = await readBody(request)
  if (body === undefined) return problem(413, 'body_too_large', `A body has at most ${BODY_BYTES} bytes.`)
  const { url, headers } = request
  return withoutTokens(await handle(new Request(url, { method, headers, body })))
}

function originDetail(origins: ReadonlySet<string>): string {
  const [own = ''] = origins
  return `This request does not come from a page of this service. Open ${own}, or correct the public URL in the configuration.`
}

function isJson({ headers }: Request): boolean {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

async function readBody({ body }: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString()
  return text === '' ? '{}' : text
}

/** The session's token is for its cookie alone, which scripts cannot read; refusals are told as everywhere else here. */
async function withoutTokens(response: Response): Promise<Response> {
  const headers = new Headers(response.headers)
  headers.set('Cache-Control', 'no-store')
  headers.delete('Content-Length')
  const wait = headers.get('X-Retry-After')
  if (wait !== null) headers.set('Retry-After', wait)
  const type = headers.get('content-type') ?? ''
  if (!type.startsWith('application/json')) return new Response(response.body, { status: response.status, headers })
  const answer: unknown = await response.json().catch(() => null)
  if (response.status < 400) return new Response(text(answer), { status: response.status, headers })
  const { code, message } = (answer ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  return problem(response.status, codeOf(code, response.status), String(message ?? response.statusText), headers)
}

function text(answer: unknown): string {
  return JSON.stringify(answer, (key, value: unknown) => (key === 'token' ? undefined : value))
}

function codeOf(code: unknown, status: number): string {
  return typeof code === 'string' ? code.toLowerCase() : status === 429 ? 'too_many_requests' : 'refused'
}

function problem(status: number, code: string, detail: string, given: Headers | Record<string, string> = {}): Response {
  const headers = new Headers(given)
  headers.set('Content-Type', 'application/problem+json')
  headers.set('Cache-Control', 'no-store')
  return new Response(JSON.stringify({ type: 'about:blank', title: detail, status, code, detail }), { status, headers })
}

function json(status: number, value: object): Response {
  return Response.json(value, { status, headers: { 'Cache-Control': 'no-store' } })
}
