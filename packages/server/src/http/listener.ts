import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Distribution, SCIM_PATH, type Scim, StoreTooNew } from '@optimaite/scim'
import { ADMIN_PATH } from '@optimaite/scim/admin'
import { clientAddresses, nodeListener } from '@optimaite/scim/node'
import type { Logger } from 'pino'
import { DOCS_PATH, docsAnswer, isDocs } from '../docs/answer.ts'
import { panelAnswer } from '../panel/answer.ts'
import { SIGN_IN_PATH } from '../sign-in/auth.ts'
import { type Fetch, nodeAnswer } from './fetch.ts'
import { errorBody, hasHost } from './malformed.ts'
import type { Metrics } from './metrics.ts'

/** What the listener needs of a service that is starting, runs or is ending. */
export interface Serving {
  /** Absent until the store is open. */
  readonly scim: Scim | undefined
  readonly ending: boolean
  readonly metrics: Metrics
  readonly log: Logger
  readonly trustedProxies: readonly string[]
  /** Whether browsers reach it by https alone. */
  readonly secure: boolean
  /** What answers beside SCIM below paths of its own; absent until it is open. */
  readonly apis: Apis | undefined
}

/** Sign-in and the admin API, as they are reached at the public URL. */
export interface Apis {
  readonly publicUrl: string
  readonly signIn: Fetch
  readonly admin: Fetch
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Routes every request of the service: SCIM, sign-in and the documentation below their paths, what operators ask, and the panel
 * for the rest.
 */
export function createListener(serving: Serving): RequestListener {
  const below: readonly Below[] = [
    { path: SCIM_PATH, answer: scimAnswer(serving) },
    { path: ADMIN_PATH, answer: apiAnswer(serving, ({ admin }) => admin) },
    { path: SIGN_IN_PATH, answer: apiAnswer(serving, ({ signIn }) => signIn) },
  ]
  const panel = panelAnswer()
  const own: Readonly<Record<string, Answer>> = {
    '/healthz': async (_, response) => sendText(response, 200, 'alive'),
    '/readyz': async (_, response) => {
      const { ready, text } = await readiness(serving)
      sendText(response, ready ? 200 : 503, text)
    },
    '/metrics': async (_, response) => {
      response.setHeader('Content-Type', serving.metrics.contentType)
      response.end(await serving.metrics.text())
    },
    [DOCS_PATH]: docsAnswer(),
  }
  return (request, response) => {
    if (serving.ending) response.setHeader('Connection', 'close')
    if (serving.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
    const answer = answerFor(request, below, own, panel)
    answer(request, response).catch((error: unknown) => {
      serving.log.error({ err: error }, 'a request could not be answered')
      response.destroy()
    })
  }
}

interface Below {
  readonly path: string
  readonly answer: Answer
}

function answerFor(
  request: IncomingMessage,
  below: readonly Below[],
  own: Readonly<Record<string, Answer>>,
  panel: ReturnType<typeof panelAnswer>,
): Answer {
  if (!hasHost(request)) return async (_, response) => sendError(response, 400, 'The request has no Host header.')
  // RFC 9112 §3.2.2: a target may come with scheme and host before its path.
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?]*\/*/i, '/')
  const path = request.url.replace(/\?.*$/s, '')
  const api = below.find((one) => path === one.path || path.startsWith(`${one.path}/`))
  if (api) return api.answer
  const key = isDocs(path) ? DOCS_PATH : path
  const answer = (Object.hasOwn(own, key) ? own[key] : undefined) ?? panelOrNothing(path, panel)
  if (request.method === 'GET' || request.method === 'HEAD') return answer
  return async (_, response) => {
    response.setHeader('Allow', 'GET, HEAD')
    sendError(response, 405, `Only GET is possible on ${path}.`)
  }
}

/** What is below `/api` and not known is nothing, also for a browser. */
function panelOrNothing(path: string, panel: ReturnType<typeof panelAnswer>): Answer {
  return async (request, response) => {
    if (/^\/api(\/|$)/.test(path) || !(await panel(request, response))) sendElsewhere(response)
  }
}

/** An API that comes with the store. */
function apiAnswer(serving: Serving, of: (apis: Apis) => Fetch): Answer {
  let known: Answer | undefined
  return async (request, response) => {
    const { apis } = serving
    if (!apis) return sendStarting(response)
    known ??= nodeAnswer(of(apis), new URL(apis.publicUrl).origin, clientAddresses(serving.trustedProxies))
    await known(request, response)
  }
}

function scimAnswer(serving: Serving): Answer {
  let known: Answer | undefined
  return async (request, response) => {
    if (!serving.scim) return sendStarting(response)
    known ??= nodeListener(serving.scim.handle, { trustedProxies: serving.trustedProxies })
    await known(request, response)
  }
}

/** Whether requests are welcome, and why not; of a store on PostgreSQL also how it is laid out. */
async function readiness({ scim, ending, log }: Serving): Promise<{ readonly ready: boolean; readonly text: string }> {
  if (ending) return { ready: false, text: 'the service is stopping' }
  if (!scim) return { ready: false, text: 'the service is starting' }
  try {
    const { pending, distribution } = await scim.migrationStatus()
    if (pending.length > 0) return { ready: false, text: 'the store has migrations to do' }
    // One that is distributed in part works: tables that nobody has distributed are on the coordinator.
    return { ready: true, text: distribution ? `ready: ${LAYOUTS[distribution.layout]}` : 'ready' }
  } catch (error) {
    if (error instanceof StoreTooNew) return { ready: false, text: 'the store needs a newer version of this program' }
    log.error({ err: error }, 'the store does not answer')
    return { ready: false, text: 'the store does not answer' }
  }
}

const LAYOUTS: Record<Distribution['layout'], string> = {
  plain: 'plain PostgreSQL',
  distributed: 'distributed by workspace',
  partial: 'distributed in part; migrate --distribute citus does the rest',
}

function sendStarting(response: ServerResponse): void {
  response.setHeader('Retry-After', '1')
  sendError(response, 503, 'The service is starting. Nothing was changed by this request; try again shortly.')
}

function sendElsewhere(response: ServerResponse): void {
  const error = `There is nothing here. SCIM is served below ${SCIM_PATH}.`
  send(response, 404, 'application/json', JSON.stringify({ error, scim: SCIM_PATH }))
}

function sendError(response: ServerResponse, status: number, detail: string): void {
  response.setHeader('Connection', 'close')
  send(response, status, 'application/scim+json', errorBody(status, detail))
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  response.end(body)
}
