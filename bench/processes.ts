import { cpus } from 'node:os'
import { load } from './load.ts'
import { serve } from './serve.ts'
import type { Stock } from './stock.ts'
import { toggles } from './workloads.ts'

export interface Processes {
  readonly processes: number
  readonly perSecond: number
  /** How busy each core of the machine was, 0 to 1. */
  readonly busy: readonly number[]
}

const CONNECTIONS = 64

/** PATCH to different groups with one process and with four, on all cores; rounds alternate. */
export async function measureProcesses(
  stock: Stock,
  database: string,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<Processes[]> {
  const { script } = stock.subject
  const { token } = stock.served
  const counts = [1, 4]
  const servers = await Promise.all(counts.map((count) => serve(script, [database, token, String(count)], true)))
  const measured: Processes[] = []
  for (let round = -1; round < rounds; round++) {
    for (const [index, processes] of counts.entries()) {
      const { port } = servers[index] as (typeof servers)[number]
      const before = cpus()
      const requests = toggles(stock, stock.small)
      const { perSecond } = await load({ port, connections: CONNECTIONS, milliseconds, requests })
      // The first round warms up.
      if (round >= 0) measured.push({ processes, perSecond, busy: busy(before, cpus()) })
    }
  }
  for (const server of servers) await server.stop()
  return measured
}

function busy(before: ReturnType<typeof cpus>, after: ReturnType<typeof cpus>): number[] {
  return after.map(({ times }, core) => {
    const old = before[core]?.times ?? times
    const all = Object.values(times).reduce((sum, time) => sum + time, 0)
    const allBefore = Object.values(old).reduce((sum, time) => sum + time, 0)
    return 1 - (times.idle - old.idle) / (all - allBefore)
  })
}
