import { connect } from 'node:net'
import { bytes, load, readResponses } from './load.ts'
import { type Served, serve } from './serve.ts'
import type { SetUp } from './setUp.ts'

export interface LargeRead {
  readonly members: number
  /** Milliseconds. */
  readonly firstByte: number
  readonly total: number
  readonly bytes: number
  /** MiB of resident memory at the most, above what the server had once it was started. */
  readonly memory: number
  /** The same once the other client had asked for a while, before the read. */
  readonly memoryBefore: number
  /** Milliseconds that another request waited at the most, and what it waited at the most before. */
  readonly others: number
  readonly othersBefore: number
}

/**
 * Reads the largest group again and again, where that has 10,000 members or more, while another client asks for something
 * small. Ours are read from a server that was started for it: what one has used before would hide what a read takes. A peer
 * is not started anew, since it would come up without its groups, or by another address.
 */
export async function readLarge({ stock, database }: SetUp, rounds: number): Promise<LargeRead[]> {
  const { subject, sized, small, served: filled } = stock
  const members = Math.max(...sized.keys())
  const [group] = sized.get(members) ?? []
  if (group === undefined || members < 10_000) return []
  const served = subject.kind === 'ours' ? await serve(subject.script, [database, filled.token]) : filled
  const { rss } = await served.figures()
  const reads: LargeRead[] = []
  for (let round = 0; round < rounds; round++)
    reads.push({ members, ...(await readBeside(served, rss, group, small[0] ?? group)) })
  if (served !== filled) await served.stop()
  return reads
}

async function readBeside(
  served: Served,
  idle: number,
  group: string,
  other: string,
): Promise<Omit<LargeRead, 'members'>> {
  const ping = `${served.base}/Groups/${other}?excludedAttributes=members`
  const othersBefore = await pings(served, ping, 500)
  const { rss: before } = await served.figures()
  let peak = before
  let reading = true
  const watching = (async () => {
    while (reading) {
      peak = Math.max(peak, (await served.figures()).rss)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  const waiting = pings(served, ping, 1_500)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const read = await readOnce(served.port, bytes('GET', `${served.base}/Groups/${group}`, served.token))
  const others = await waiting
  reading = false
  await watching
  const above = (rss: number): number => (rss - idle) / 2 ** 20
  return { ...read, memory: above(peak), memoryBefore: above(before), others, othersBefore }
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
