import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A SCIM error for what never became a request, in the one form that every answer has. */
export function errorBody(status: number, detail: string): string {
  return JSON.stringify({ schemas: [ERROR], status: String(status), detail })
}

/** Whether a request may go on to be routed: RFC 9112 §3.2 asks for a Host, and node's own refusal has no body. */
export function hasHost(request: IncomingMessage): boolean {
  return request.headers.host !== undefined || request.httpVersion === '1.0'
}

/** Answers, on a connection whose bytes are no HTTP request, why it is closed. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason, detail] = REFUSALS[error.code ?? ''] ?? MALFORMED
  const body = errorBody(status, detail)
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Type: application/scim+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

type Refusal = readonly [status: number, reason: string, detail: string]

const MALFORMED: Refusal = [400, 'Bad Request', 'What was sent is not a well-formed HTTP request.']

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'The request line and headers are longer than 16 KiB together.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request did not arrive whole in time.'],
}
