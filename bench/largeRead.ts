import { connect } from 'node:net'
import { bytes, load, readResponses } from './load.ts'
import type { Served } from './serve.ts'
import type { Stock } from './stock.ts'

export interface LargeRead {
  readonly members: number
  /** Milliseconds. */
  readonly firstByte: number
  readonly total: number
  readonly bytes: number
  /** MiB of resident memory above what it was before, at the most. */
  readonly memory: number
  /** Milliseconds that another request waited at the most, and what it waited at the most before. */
  readonly others: number
  readonly othersBefore: number
}

/** Reads the largest group, where that has 10,000 members or more, while another client asks for something small, again and again. */
export async function readLarge({ served, sized, small }: Stock): Promise<LargeRead | undefined> {
  const members = Math.max(...sized.keys())
  const [group] = sized.get(members) ?? []
  if (group === undefined || members < 10_000) return undefined
  const ping = `${served.base}/Groups/${small[0]}?excludedAttributes=members`
  const before = (await served.figures()).rss
  const idle = await pings(served, ping, 500)
  let peak = before
  let reading = true
  const watching = (async () => {
    while (reading) {
      peak = Math.max(peak, (await served.figures()).rss)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  const others = pings(served, ping, 1_500)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const read = await readOnce(served.port, bytes('GET', `${served.base}/Groups/${group}`, served.token))
  const waited = await others
  reading = false
  await watching
  return { members, ...read, memory: (peak - before) / 1024 / 1024, others: waited, othersBefore: idle }
}

async function pings({ port, token }: Served, path: string, milliseconds: number): Promise<number> {
  const request = { bytes: bytes('GET', path, token) }
  return (await load({ port, connections: 1, milliseconds, requests: () => request })).longest
}

function readOnce(port: number, request: string): Promise<{ firstByte: number; total: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const started = performance.now()
    let firstByte = 0
    let received = 0
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', (data) => {
      if (received === 0) firstByte = performance.now() - started
      received += data.length
    })
    readResponses(socket, () => {
      socket.end()
      resolve({ firstByte, total: performance.now() - started, bytes: received })
    })
  })
}
