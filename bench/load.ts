import { connect, type Socket } from 'node:net'

/** One request, made anew for each use. */
export interface Sent {
  readonly bytes: string
  /** Called once the server has said that it is done. */
  readonly acknowledged?: () => void
  /** Called once it has said that it is not. */
  readonly refused?: () => void
}

/** `n` counts the requests of a connection. */
export type Requests = (connection: number, n: number) => Sent

export interface Load {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  readonly requests: Requests
  /** Milliseconds after which an answer is not waited for any more. */
  readonly cap?: number
}

export interface Measured {
  /** Of requests that succeeded. */
  readonly perSecond: number
  /** Milliseconds. */
  readonly median: number
  readonly p99: number
  readonly longest: number
  readonly count: number
  /** How many answers were no success, by status. */
  readonly refused: Readonly<Record<string, number>>
  /** Answers that were not waited for. */
  readonly cut: number
}

/**
 * Keeps each connection busy with one request after the other. Written on bare sockets, so that the client's core is not
 * what is measured: it does no more than find the end of a response.
 */
export async function load({ port, connections, milliseconds, requests, cap = 10_000 }: Load): Promise<Measured> {
  const latencies: number[] = []
  const refused: Record<string, number> = {}
  const started = performance.now()
  const end = started + milliseconds
  const clients = Array.from({ length: connections }, (_, connection) =>
    drive({ port, end, giveUp: started + milliseconds + cap, latencies, refused }, (n) => requests(connection, n)),
  )
  const cut = (await Promise.all(clients)).filter((whole) => !whole).length
  const seconds = (performance.now() - started) / 1_000
  latencies.sort((a, b) => a - b)
  return {
    perSecond: latencies.length / seconds,
    median: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
    longest: latencies.at(-1) ?? Number.NaN,
    count: latencies.length,
    refused,
    cut,
  }
}

interface Drive {
  readonly port: number
  readonly end: number
  readonly giveUp: number
  readonly latencies: number[]
  readonly refused: Record<string, number>
}

/** False once the last answer was not waited for. */
function drive({ port, end, giveUp, latencies, refused }: Drive, request: (n: number) => Sent): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const timer = setTimeout(() => finish(false), giveUp - performance.now())
    const finish = (whole: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(whole)
    }
    let sent = 0
    let n = 0
    let current: Sent
    const next = (): void => {
      if (performance.now() >= end) {
        finish(true)
        return
      }
      current = request(n++)
      sent = performance.now()
      socket.write(current.bytes)
    }
    readResponses(socket, (status) => {
      if (status >= 200 && status < 300) {
        latencies.push(performance.now() - sent)
        current.acknowledged?.()
      } else {
        refused[status] = (refused[status] ?? 0) + 1
        current.refused?.()
      }
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
