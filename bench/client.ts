import { Agent, request } from 'node:http'
import type { Served } from './serve.ts'

export interface Reply {
  readonly status: number
  readonly body: unknown
}

export type Call = (method: string, path: string, body?: unknown) => Promise<Reply>

export interface Client {
  readonly call: Call
  close(): void
}

/** For what is not measured: filling, probing, reading back. Paths begin with `/Groups` or `/Users`. */
export function client({ port, base, token }: Pick<Served, 'port' | 'base' | 'token'>, connections = 16): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const call: Call = (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const headers: Record<string, string | number> = { authorization: `Bearer ${token}` }
      if (text !== undefined) {
        headers['content-type'] = 'application/scim+json'
        headers['content-length'] = Buffer.byteLength(text)
      }
      const sent = request({ port, host: '127.0.0.1', agent, method, path: base + path, headers }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(pieces)) }))
      })
      sent.on('error', reject)
      sent.end(text)
    })
  return { call, close: () => agent.destroy() }
}

function parse(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : JSON.parse(bytes.toString())
  } catch {
    return bytes.toString()
  }
}

/** Works through items, `parallel` at a time; ends early, and says how many were done, once `until` has passed. */
export async function each<Item>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item, index: number) => Promise<void>,
  until = Number.POSITIVE_INFINITY,
): Promise<number> {
  let next = 0
  let done = 0
  const worker = async (): Promise<void> => {
    while (next < items.length && performance.now() < until) {
      const index = next++
      await work(items[index] as Item, index)
      done++
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return done
}
