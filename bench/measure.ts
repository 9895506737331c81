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

/**
 * Rounds alternate between the servers, and within a series between its workloads, so that a machine whose speed drifts slows
 * all that is compared.
 */
export async function measureAll(
  stocks: readonly Stock[],
  workloads: readonly Workload[],
  { rounds, milliseconds }: Pace,
  postmaster: number | undefined,
): Promise<Measures> {
  const measures: Measures = { rounds: [], remarks: [] }
  for (const series of seriesOf(workloads)) {
    const turns: { readonly stock: Stock; readonly workload: Workload }[] = []
    for (const workload of series)
      for (const stock of stocks)
        if (await takesPart(stock, workload, measures.remarks)) turns.push({ stock, workload })
    for (const connections of series[0]?.connections ?? []) {
      for (const { stock, workload } of turns) await measure(stock, workload, connections, milliseconds / 3, postmaster)
      for (let round = 0; round < rounds; round++)
        for (const { stock, workload } of turns)
          measures.rounds.push(await measure(stock, workload, connections, milliseconds, postmaster))
    }
    console.error(`${series.map(({ name }) => name).join('; ')}: done`)
  }
  return measures
}

function seriesOf(workloads: readonly Workload[]): Workload[][] {
  return [...Map.groupBy(workloads, ({ id, series = id }) => series).values()]
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
