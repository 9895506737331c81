import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { refuse, ScimError } from '../base/errors.ts'
import { checkValue, type Json } from '../base/json.ts'
import type { WireRequest, WireResponse } from '../scim-api/wire.ts'

/** A body that a framework has parsed already, such as Express behind `express.json()`. */
interface Parsed {
  readonly body?: unknown
}

export interface NodeAdapterOptions {
  /** Addresses of proxies whose `X-Forwarded-For` is believed. None by default. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Hears of a fault that cut an answer in its middle, when no error can be answered any more. */
  readonly onFault?: ((error: unknown) => void) | undefined
}

type Handle = (request: WireRequest) => Promise<WireResponse>

/** Serves a SCIM handler on `node:http`, and in every framework that hands its requests on. */
export function nodeListener(handle: Handle, { trustedProxies = [], onFault }: NodeAdapterOptions = {}) {
  const trusted = trustedAddresses(trustedProxies)
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      const response = await handle(wireRequest(incoming, trusted))
      await send(incoming, outgoing, response, onFault)
    } catch (error) {
      // Nobody awaits a listener: an error that left it would end the process.
      outgoing.destroy()
      onFault?.(error)
    }
  }
}

/** Where requests come from, for whatever else is served beside SCIM behind the same proxies. */
export function clientAddresses(trustedProxies: readonly string[] = []): (incoming: IncomingMessage) => string | null {
  const trusted = trustedAddresses(trustedProxies)
  return (incoming) => addressOf(incoming, trusted)
}

function trustedAddresses(proxies: readonly string[]): ReadonlySet<string> {
  return new Set(proxies.map((address) => bareAddress(address) ?? address))
}

function wireRequest(incoming: IncomingMessage & { originalUrl?: string }, trusted: ReadonlySet<string>): WireRequest {
  // Express takes the mounted part off `url` and keeps it in `originalUrl`.
  const url = withoutOrigin(incoming.originalUrl ?? incoming.url ?? '/')
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

/** A target may name its origin (RFC 9112 §3.2.2); whose it is decides nothing here. */
function withoutOrigin(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '')
}

/** The nearest address that is no trusted proxy's. What stands before something that is no address is not believed. */
function addressOf(incoming: IncomingMessage, trusted: ReadonlySet<string>): string | null {
  const peer = peerOf(incoming.socket)
  if (peer === undefined || !trusted.has(peer)) return peer ?? null
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '').split(',')
  for (const entry of forwarded.reverse()) {
    const address = bareAddress(entry)
    if (address === undefined) return peer
    if (!trusted.has(address)) return address
  }
  return peer
}

const peers = new WeakMap<Socket, string | undefined>()

/** Read once for a connection, which may carry thousands of requests. */
function peerOf(socket: Socket): string | undefined {
  if (!peers.has(socket)) peers.set(socket, bareAddress(socket.remoteAddress ?? ''))
  return peers.get(socket)
}

/** An address without quotation marks, brackets and port, IPv4 as IPv4; undefined if it is none. */
function bareAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, '$1')
  const address = /^\[(.*)\](?::\d+)?$/.exec(bare)?.[1] ?? bare.replace(/^([\d.]+):\d+$/, '$1')
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(plain) === 0 ? undefined : plain
}

async function readBody(
  incoming: IncomingMessage & Parsed,
  limit: number,
  grown: (bytes: number) => void,
): Promise<Uint8Array> {
  if (incoming.readableEnded) return parsedBytes(incoming.body, limit, grown)
  // The client may have gone while its body waited to be read; a stream that is closed already says so no more.
  if (incoming.destroyed) throw interrupted()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      try {
        if (bytes > limit) throw new ScimError('body_too_large', { limit })
        grown(bytes)
        chunks.push(chunk)
      } catch (error) {
        incoming.off('data', take)
        chunks.length = 0
        // What is left is thrown away while the answer is written, and then the connection ends: see `send`.
        incoming.resume()
        reject(error)
      }
    }
    incoming.on('data', take)
    incoming.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    incoming.once('error', () => reject(interrupted()))
    incoming.once('close', () => {
      if (!incoming.complete) reject(interrupted())
    })
  })
}

function interrupted(): ScimError {
  return refuse('invalid_syntax', 'the connection ended before its end.')
}

/** The body that a framework has read, as bytes again: so it passes every limit that one from the socket passes. */
function parsedBytes(body: unknown, limit: number, grown: (bytes: number) => void): Uint8Array {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : jsonOf(body))
  if (bytes.length > limit) throw new ScimError('body_too_large', { limit })
  grown(bytes.length)
  return bytes
}

function jsonOf(body: unknown): string {
  if (body === undefined) return ''
  // JSON.stringify would overflow the stack on what is nested deeply, where a parser did not.
  checkValue(body as Json)
  return JSON.stringify(body)
}

async function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: WireResponse,
  onFault: NodeAdapterOptions['onFault'],
): Promise<void> {
  // A client that is refused before its body was read must not send all of it first.
  const isEarly = !incoming.complete && status >= 400
  const connection = isEarly ? { Connection: 'close' } : undefined
  if (body === undefined || typeof body === 'string') {
    const length = body === undefined ? undefined : { 'Content-Length': Buffer.byteLength(body) }
    outgoing.writeHead(status, { ...headers, ...length, ...connection })
    const shown = incoming.method === 'HEAD' ? '' : (body ?? '')
    if (isEarly && shown !== '') {
      outgoing.write(shown)
      await arrived(incoming)
    }
    outgoing.end(isEarly ? undefined : shown)
    return
  }
  outgoing.writeHead(status, { ...headers, ...connection })
  if (incoming.method === 'HEAD') outgoing.end()
  else await sendPieces(outgoing, body, onFault)
}

/** How long a client that was refused has to read why, and how much more of its body is taken meanwhile. */
const LINGER_MILLISECONDS = 500
const LINGER_BYTES = 256 * 1024

/**
 * The rest of a body that was refused, thrown away (RFC 9112 §9.6): a connection that is closed while its client still
 * sends is reset, and some clients then never read why.
 */
function arrived(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, LINGER_MILLISECONDS)
    function done(): void {
      clearTimeout(timer)
      resolve()
    }
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      // What is not read stays with the client, whose sending comes to a halt.
      if (bytes > LINGER_BYTES) incoming.pause()
    })
    incoming.once('end', done)
    incoming.once('close', done)
  })
}

/** As fast as the client reads. A failure in the middle cuts the connection: half of a body must not look like a whole. */
async function sendPieces(
  outgoing: ServerResponse,
  pieces: AsyncIterable<string>,
  onFault: NodeAdapterOptions['onFault'],
): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (piece !== '' && !outgoing.write(piece)) await drained(outgoing)
      if (outgoing.destroyed) return
    }
    outgoing.end()
  } catch (error) {
    outgoing.destroy()
    onFault?.(error)
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  if (outgoing.closed) return Promise.resolve()
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
