import { readRequestBody } from '../scim-api/requestBody.ts'
import type { WireRequest, WireResponse } from '../scim-api/wire.ts'

/** Serves a SCIM handler as `fetch(Request): Promise<Response>`, the form of Hono, Next.js and others. */
export function fetchHandler(handle: (request: WireRequest) => Promise<WireResponse>) {
  return async (request: Request): Promise<Response> => {
    const { status, headers, body } = await handle(wireRequest(request))
    const bare = body === undefined || request.method === 'HEAD'
    return new Response(bare ? null : typeof body === 'string' ? body : stream(body), { status, headers })
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
    readBody: (limit, grown) => readRequestBody(request, limit, grown),
  }
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
