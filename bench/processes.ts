import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { load } from './load.ts'
import { processorTime } from './processors.ts'
import { untilQuiet } from './quiet.ts'
import { onCores } from './serve.ts'
import { cpu as ownTime } from './servers/cpu.ts'
import type { Stock } from './stock.ts'
import { toggles } from './workloads.ts'

/** One round of PATCH to different groups, on a service of so many processes. */
export interface Processes {
  readonly processes: number
  readonly perSecond: number
  /** How busy each core of the machine was, 0 to 1. */
  readonly busy: readonly number[]
  /** Requests that shared a commit, on average. */
  readonly batch: number
  /** Microseconds of processor time for a request: of all processes of the service, of PostgreSQL's, and of the client. */
  readonly cpu: number
  readonly database: number | undefined
  readonly client: number
}

export const COUNTS = [1, 2, 4]
export const CONNECTIONS = 64
const PROGRAM = fileURLToPath(new URL('../packages/server/bin/optimaite-scim.js', import.meta.url))
/** A request's line in the log is left out here, as it is where one process is measured by itself. */
const SETTINGS = ['--port', '0', '--rate-limit', '0', '--log-level', 'error', '--json']

/**
 * The service as `serve --processes` starts it, with one process and with several; rounds alternate. Its processes and
 * PostgreSQL's take any core: several of them on one would show nothing.
 */
export async function measureProcesses(
  stock: Stock,
  database: string,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
  postmaster: number | undefined,
): Promise<Processes[]> {
  const services: Service[] = []
  const measured: Processes[] = []
  try {
    for (const processes of COUNTS) services.push(await start(database, processes))
    // The first round warms up.
    for (let round = -1; round < rounds; round++) {
      for (const service of services) {
        const one = await measure(stock, service, milliseconds, postmaster)
        if (round >= 0) measured.push(one)
        await untilQuiet(service, postmaster)
      }
    }
  } finally {
    for (const service of services) await service.stop()
  }
  return measured
}

async function measure(
  stock: Stock,
  service: Service,
  milliseconds: number,
  postmaster: number | undefined,
): Promise<Processes> {
  const used = async () => ({
    ...(await service.figures()),
    database: processorTime(postmaster),
    client: ownTime(),
    cores: cpus(),
  })
  const { port, processes } = service
  const before = await used()
  const requests = toggles(stock, stock.small)
  const { perSecond, count } = await load({ port, connections: CONNECTIONS, milliseconds, requests })
  const after = await used()
  return {
    processes,
    perSecond,
    busy: busy(before.cores, after.cores),
    batch: (after.transactions - before.transactions) / (after.commits - before.commits),
    cpu: (after.cpu - before.cpu) / count,
    database: after.database === undefined ? undefined : (after.database - (before.database ?? 0)) / count,
    client: (after.client - before.client) / count,
  }
}

interface Service {
  readonly pid: number | undefined
  readonly port: number
  readonly processes: number
  figures(): Promise<{ cpu: number; transactions: number; commits: number }>
  stop(): Promise<void>
}

/** Resolves once all of its processes answer. */
async function start(database: string, processes: number): Promise<Service> {
  const args = [PROGRAM, 'serve', '--processes', String(processes), ...SETTINGS]
  const [command, rest] = onCores('any', [process.execPath, ...process.execArgv, ...args])
  const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: database }
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], env })
  // It does not see by itself that the benchmark was interrupted.
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  const url = await listening(child)
  const figures = async () => {
    const text = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text()
    const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    return {
      answering: figure('scim_processes'),
      // Seconds, of those processes that answer.
      cpu: processorTime(child.pid) ?? figure('process_cpu_seconds_total') * 1e6,
      transactions: figure('scim_store_transactions_total'),
      commits: figure('scim_store_commits_total'),
    }
  }
  while ((await figures()).answering < processes);
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    process.off('exit', end)
  }
  return { pid: child.pid, port: Number(new URL(url).port), processes, figures, stop }
}

/** Where a service says that it listens. */
function listening(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (data) => {
      said += data
      const url = /"listening":\s*"([^"]+)"/.exec(said)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`serve --processes ended with ${code}`)))
  })
}

function busy(before: ReturnType<typeof cpus>, after: ReturnType<typeof cpus>): number[] {
  return after.map(({ times }, core) => {
    const old = before[core]?.times ?? times
    const all = Object.values(times).reduce((sum, time) => sum + time, 0)
    const allBefore = Object.values(old).reduce((sum, time) => sum + time, 0)
    return 1 - (times.idle - old.idle) / (all - allBefore)
  })
}
