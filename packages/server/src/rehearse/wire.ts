import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { Json } from './values.ts'

/** Providers give up after this long, so an answer that is later is none. */
const TIMEOUT = 60_000

/** The documented place of the SCIM endpoints below an address that names none. */
const DEFAULT_BASE = '/api/auth/scim/v2'

/** A request with its path as it goes over the wire, and no header besides those named and `Host`. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** What came back. `json` is absent where there was no body, or one that is not JSON. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  readonly json: Json | undefined
}

/** A connection to one service provider. */
export interface Wire {
  readonly basePath: string
  send(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer>
  close(): void
}

/**
 * Opens a wire to a SCIM base URL; an address without a path means the documented base below it. It speaks `node:http`
 * itself because `fetch` adds headers (`User-Agent`, `Accept`) that some providers do not send.
 */
export function openWire(baseUrl: string): Wire {
  const base = new URL(baseUrl)
  const secure = base.protocol === 'https:'
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const call = secure ? requestHttps : requestHttp
  const target = { hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, agent }
  const trimmed = base.pathname.replace(/\/+$/, '')
  return {
    basePath: trimmed === '' ? DEFAULT_BASE : trimmed,
    send: ({ method, path, headers, body }, signal) =>
      exchange(call, { ...target, method, path, headers, ...(signal && { signal }) }, body),
    close: () => agent.destroy(),
  }
}

function exchange(call: typeof requestHttp, options: RequestOptions, body: string | undefined): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
    const outgoing = call({ ...options, headers: { ...options.headers, ...length } })
    outgoing.setTimeout(TIMEOUT, () => outgoing.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`)))
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => readAnswer(incoming).then(resolve, reject))
    outgoing.end(body)
  })
}

async function readAnswer(incoming: IncomingMessage): Promise<WireAnswer> {
  const bytes = decode(await buffer(incoming), incoming.headers['content-encoding'])
  const text = bytes.toString('utf8')
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  return { status: incoming.statusCode ?? 0, headers, text, json: parse(text) }
}

function decode(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(bytes)
  if (encoding === 'deflate') return inflateSync(bytes)
  return bytes
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
