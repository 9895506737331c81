import { connect, type Socket } from 'node:net'

/** One request as bytes, made anew for each use: `n` counts the requests of a connection. */
export type Requests = (connection: number, n: number) => string

export interface Load {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  readonly requests: Requests
  /** What counts as an answer; anything else ends the measurement. */
  readonly status: number
}

export interface Measured {
  readonly perSecond: number
  /** Milliseconds. */
  readonly median: number
  readonly p99: number
  readonly longest: number
  readonly count: number
}

/**
 * Keeps each connection busy with one request after the other. Written on bare sockets, so that the client's core is not
 * what is measured: it does no more than find the end of a response.
 */
export async function load({ port, connections, milliseconds, requests, status }: Load): Promise<Measured> {
  const latencies: number[] = []
  const started = performance.now()
  const end = started + milliseconds
  const clients = Array.from({ length: connections }, (_, connection) =>
    drive(port, end, status, (n) => requests(connection, n), latencies),
  )
  await Promise.all(clients)
  const seconds = (performance.now() - started) / 1_000
  latencies.sort((a, b) => a - b)
  return {
    perSecond: latencies.length / seconds,
    median: latencies[Math.floor(latencies.length / 2)] ?? 0,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    longest: latencies.at(-1) ?? 0,
    count: latencies.length,
  }
}

function drive(
  port: number,
  end: number,
  status: number,
  request: (n: number) => string,
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let sent = 0
    let n = 0
    const next = (): void => {
      if (performance.now() >= end) {
        socket.end()
        resolve()
        return
      }
      sent = performance.now()
      socket.write(request(n++))
    }
    readResponses(socket, (got, head) => {
      if (got !== status) {
        reject(new Error(`expected ${status}, got ${head}`))
        socket.destroy()
        return
      }
      latencies.push(performance.now() - sent)
      next()
    })
    socket.on('error', reject)
    socket.on('connect', next)
  })
}

/** Calls back once for each whole response, with its status. */
export function readResponses(socket: Socket, done: (status: number, head: string) => void): void {
  let head = ''
  let left = -1
  let chunked = false
  let tail = ''
  socket.on('data', (data: Buffer) => {
    let rest: Buffer = data
    if (left < 0 && !chunked) {
      head += rest.toString('latin1')
      const split = head.indexOf('\r\n\r\n')
      if (split < 0) return
      const bodyStart = rest.length - (head.length - split - 4)
      rest = rest.subarray(bodyStart)
      head = head.slice(0, split)
      chunked = /transfer-encoding: chunked/i.test(head)
      left = chunked ? -1 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      tail = ''
    }
    if (chunked) {
      tail = (tail + rest.toString('latin1')).slice(-7)
      if (!tail.endsWith('0\r\n\r\n')) return
      chunked = false
      left = 0
    } else left -= rest.length
    if (left > 0) return
    const status = Number(head.slice(9, 12))
    const whole = head
    head = ''
    left = -1
    done(status, whole)
  })
}

/** The bytes of a request, with what a provider sends beside. */
export function bytes(method: string, path: string, token: string, body?: string): string {
  const content =
    body === undefined ? '' : `Content-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nAccept: application/scim+json\r\n${content}\r\n${body ?? ''}`
}
