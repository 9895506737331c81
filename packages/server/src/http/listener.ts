import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Distribution, SCIM_PATH, type Scim } from '@optimaite/scim'
import { nodeListener } from '@optimaite/scim/node'
import type { Logger } from 'pino'
import { DOCS_PATH, docsAnswer, isDocs } from '../docs/answer.ts'
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
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Routes every request of the service: SCIM below its path, the documentation below its own, and what operators ask. */
export function createListener(serving: Serving): RequestListener {
  const scim = scimAnswer(serving)
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
    const answer = answerFor(request, scim, own)
    answer(request, response).catch((error: unknown) => {
      serving.log.error({ err: error }, 'a request could not be answered')
      response.destroy()
    })
  }
}

function answerFor(request: IncomingMessage, scim: Answer, own: Readonly<Record<string, Answer>>): Answer {
  if (!hasHost(request)) return async (_, response) => sendError(response, 400, 'The request has no Host header.')
  // RFC 9112 §3.2.2: a target may come with scheme and host before its path.
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?]*\/*/i, '/')
  const path = request.url.replace(/\?.*$/s, '')
  if (path === SCIM_PATH || path.startsWith(`${SCIM_PATH}/`)) return scim
  const key = isDocs(path) ? DOCS_PATH : path
  const answer = Object.hasOwn(own, key) ? own[key] : undefined
  if (!answer) return async (_, response) => sendElsewhere(response)
  if (request.method === 'GET' || request.method === 'HEAD') return answer
  return async (_, response) => {
    response.setHeader('Allow', 'GET, HEAD')
    sendError(response, 405, `Only GET is possible on ${path}.`)
  }
}

function scimAnswer(serving: Serving): Answer {
  let known: Answer | undefined
  return async (request, response) => {
    if (!serving.scim) {
      response.setHeader('Retry-After', '1')
      sendError(response, 503, 'The service is starting. Nothing was changed by this request; try again shortly.')
      return
    }
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
    log.error({ err: error }, 'the store does not answer')
    return { ready: false, text: 'the store does not answer' }
  }
}

const LAYOUTS: Record<Distribution['layout'], string> = {
  plain: 'plain PostgreSQL',
  distributed: 'distributed by workspace',
  partial: 'distributed in part; migrate --distribute citus does the rest',
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
