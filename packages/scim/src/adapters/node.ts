import type { IncomingMessage, ServerResponse } from 'node:http'
import { ScimError } from '../base/errors.ts'
import type { WireRequest, WireResponse } from '../scim-api/wire.ts'

/** A body that a framework has parsed already, such as Express behind `express.json()`. */
interface Parsed {
  readonly body?: unknown
}

export interface NodeAdapterOptions {
  /** Addresses of proxies whose `X-Forwarded-For` is believed. None by default. */
  readonly trustedProxies?: readonly string[] | undefined
}

type Handle = (request: WireRequest) => Promise<WireResponse>

/** Serves a SCIM handler on `node:http`, and in every framework that hands its requests on. */
export function nodeListener(handle: Handle, { trustedProxies = [] }: NodeAdapterOptions = {}) {
  const trusted = new Set(trustedProxies)
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const response = await handle(wireRequest(incoming, trusted))
    await send(incoming, outgoing, response)
  }
}

function wireRequest(incoming: IncomingMessage & { originalUrl?: string }, trusted: ReadonlySet<string>): WireRequest {
  // Express takes the mounted part off `url` and keeps it in `originalUrl`.
  const url = incoming.originalUrl ?? incoming.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    address: addressOf(incoming, trusted),
    header: (name) => {
      const value = incoming.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    readBody: (limit, grown) => readBody(incoming, limit, grown),
  }
}

/** The nearest address that is no trusted proxy's. */
function addressOf(incoming: IncomingMessage, trusted: ReadonlySet<string>): string | null {
  const peer = incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null
  if (peer === null || !trusted.has(peer)) return peer
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => /^[0-9a-fA-F.:]{2,45}$/.test(address))
  return forwarded.reverse().find((address) => !trusted.has(address)) ?? peer
}

function readBody(
  incoming: IncomingMessage & Parsed,
  limit: number,
  grown: (bytes: number) => void,
): Promise<Uint8Array> {
  if (incoming.readableEnded && incoming.body !== undefined) return Promise.resolve(parsedBytes(incoming.body))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const fail = (error: unknown): void => {
      incoming.off('data', take)
      // What is left is read and thrown away, so that the answer can still be given.
      incoming.resume()
      reject(error)
    }
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      try {
        if (bytes > limit) throw new ScimError('body_too_large', { limit })
        grown(bytes)
        chunks.push(chunk)
      } catch (error) {
        fail(error)
      }
    }
    incoming.on('data', take)
    incoming.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    incoming.once('error', reject)
    incoming.once('close', () => {
      if (!incoming.complete)
        reject(new ScimError('invalid_syntax', { reason: 'the connection ended before its end.' }))
    })
  })
}

function parsedBytes(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

async function send(incoming: IncomingMessage, outgoing: ServerResponse, response: WireResponse): Promise<void> {
  const { status, headers, body } = response
  const unread = !incoming.complete
  // A client that is refused before its body was read must not send all of it first.
  const connection = unread && status >= 400 ? { Connection: 'close' } : undefined
  if (body === undefined || typeof body === 'string') {
    const length = body === undefined ? undefined : { 'Content-Length': Buffer.byteLength(body) }
    outgoing.writeHead(status, { ...headers, ...length, ...connection })
    outgoing.end(incoming.method === 'HEAD' ? undefined : body)
    return
  }
  outgoing.writeHead(status, { ...headers, ...connection })
  if (incoming.method === 'HEAD') outgoing.end()
  else await sendPieces(outgoing, body)
}

/** As fast as the client reads. A failure in the middle cuts the connection: half of a body must not look like a whole. */
async function sendPieces(outgoing: ServerResponse, pieces: AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (outgoing.destroyed) return
      if (piece !== '' && !outgoing.write(piece)) await drained(outgoing)
    }
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.on('drain', done)
    outgoing.on('close', done)
  })
}
