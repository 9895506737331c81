import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

type Body = NonNullable<RequestInit['body']>

/** What answers in the form of the Fetch standard; the address is the client's, as far as it is known. */
export type Fetch = (request: Request, address: string | null) => Promise<Response>

/** Lets such an answer be given on `node:http`. `origin` stands before paths, whatever Host a request names. */
export function nodeAnswer(fetch: Fetch, origin: string, addressOf: (incoming: IncomingMessage) => string | null) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const response = await fetch(toRequest(incoming, origin), addressOf(incoming))
    await send(incoming, outgoing, response)
  }
}

function toRequest(incoming: IncomingMessage, origin: string): Request {
  const { method = 'GET', url = '/' } = incoming
  const headers = new Headers()
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = incoming.rawHeaders.slice(at, at + 2)
    headers.append(name, value)
  }
  // Not resolved against the origin: a path that begins with two slashes would become another host.
  const whole = `${origin}${url}`
  if (method === 'GET' || method === 'HEAD') return new Request(whole, { method, headers })
  return new Request(whole, { method, headers, body: Readable.toWeb(incoming) as Body, duplex: 'half' })
}

async function send(incoming: IncomingMessage, outgoing: ServerResponse, response: Response): Promise<void> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('Set-Cookie', cookies)
  // A client that is refused before its body was read must not send all of it first.
  if (!incoming.complete && response.status >= 400) outgoing.setHeader('Connection', 'close')
  outgoing.writeHead(response.status)
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  try {
    await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing)
  } catch (error) {
    // A client that goes before its answer is there, as a browser does with a page that is left, is no fault.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
