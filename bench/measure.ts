import { load, type Measured } from './load.ts'
import { processorTime } from './processors.ts'
import { cpu as ownTime } from './servers/cpu.ts'
import type { Stock } from './stock.ts'
import type { Workload } from './workloads.ts'

/** One round of one workload on one server. */
export interface Round extends Measured {
  readonly subject: string
  readonly workload: string
  readonly connections: number
  /** Microseconds of the server's processor for a request. */
  readonly cpu: number
  /** The same of PostgreSQL's processes, for what uses them and where the system tells. */
  readonly database: number | undefined
  /** The same of the client, which is this process. */
  readonly client: number
}

/** Why a workload does not count as the same on a server. */
export interface Remark {
  readonly subject: string
  readonly workload: string
  readonly text: string
}

export interface Measures {
  readonly rounds: Round[]
  readonly remarks: Remark[]
}

export interface Pace {
  readonly rounds: number
  readonly milliseconds: number
}

/** Rounds alternate between the servers, so that a machine whose speed drifts slows all of them. */
export async function measureAll(
  stocks: readonly Stock[],
  workloads: readonly Workload[],
  { rounds, milliseconds }: Pace,
  postmaster: number | undefined,
): Promise<Measures> {
  const measures: Measures = { rounds: [], remarks: [] }
  for (const workload of workloads) {
    const able: Stock[] = []
    for (const stock of stocks) if (await takesPart(stock, workload, measures.remarks)) able.push(stock)
    for (const connections of workload.connections) {
      for (const stock of able) await measure(stock, workload, connections, milliseconds / 3, postmaster)
      for (let round = 0; round < rounds; round++) {
        for (const stock of able)
          measures.rounds.push(await measure(stock, workload, connections, milliseconds, postmaster))
      }
    }
    console.error(`${workload.name}: done`)
  }
  return measures
}

async function takesPart(stock: Stock, workload: Workload, remarks: Remark[]): Promise<boolean> {
  const { kind, id: subject } = stock.subject
  if (kind === 'floor') return workload.floor === true && workload.requests(stock) !== undefined
  const requests = workload.requests(stock)
  if (!requests) return false
  if (workload.wrong) {
    const [head = '', body] = requests(0, 0).bytes.split('\r\n\r\n')
    const [method = '', path = ''] = head.split(' ')
    const { served, client } = stock
    const reply = await client.call(method, path.slice(served.base.length), body ? JSON.parse(body) : undefined)
    const text = reply.status < 300 ? workload.wrong(reply.body, stock) : `answers ${reply.status}`
    if (text) remarks.push({ subject, workload: workload.id, text })
  }
  return true
}

async function measure(
  stock: Stock,
  workload: Workload,
  connections: number,
  milliseconds: number,
  postmaster: number | undefined,
): Promise<Round> {
  const { served, subject } = stock
  const requests = workload.requests(stock)
  if (!requests) throw new Error(`${subject.title} cannot do "${workload.name}"`)
  const used = async () => ({
    cpu: (await served.figures()).cpu,
    database: subject.store === 'PostgreSQL' ? processorTime(postmaster) : undefined,
    client: ownTime(),
  })
  const before = await used()
  const measured = await load({ port: served.port, connections, milliseconds, requests })
  const after = await used()
  const each = (name: keyof typeof before): number => ((after[name] ?? 0) - (before[name] ?? 0)) / measured.count
  stock.inserted += /^patch/.test(workload.id) ? measured.count : 0
  const database = after.database === undefined ? undefined : each('database')
  return {
    ...{ subject: subject.id, workload: workload.id, connections },
    ...{ cpu: each('cpu'), database, client: each('client') },
    ...measured,
  }
}
