import { refuse, ScimError } from '../base/errors.ts'
import { isWhole, type WireRequest, type WireResponse } from '../scim-api/wire.ts'

/** Serves a SCIM handler as `fetch(Request): Promise<Response>`, the form of Hono, Next.js and others. */
export function fetchHandler(handle: (request: WireRequest) => Promise<WireResponse>) {
  return async (request: Request): Promise<Response> => {
    const { status, headers, body } = await handle(wireRequest(request))
    const bare = body === undefined || request.method === 'HEAD'
    return new Response(bare ? null : isWhole(body) ? body : stream(body), { status, headers })
  }
}

function wireRequest(request: Request): WireRequest {
  const url = new URL(request.url)
  return {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    address: null,
    header: (name) => request.headers.get(name) ?? undefined,
    readBody: (limit, grown) => readBody(request, limit, grown),
  }
}

async function readBody(request: Request, limit: number, grown: (bytes: number) => void): Promise<Uint8Array> {
  if (request.bodyUsed) throw refuse('invalid_syntax', 'the application it was sent to has read it before.')
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > limit) throw new ScimError('body_too_large', { limit })
      grown(bytes)
      chunks.push(chunk)
    }
  } catch (error) {
    // Whatever else ends a body early is the client's connection.
    throw error instanceof ScimError ? error : refuse('invalid_syntax', 'the connection ended before its end.')
  }
  return Buffer.concat(chunks)
}

function stream(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
