import { load, type Measured } from './load.ts'
import { processorTime } from './processors.ts'
import { untilQuiet } from './quiet.ts'
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
  /** Seconds that the server went on computing for after the last answer, or after the client had given up. */
  readonly wentOn: number
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
  /** How many rounds PostgreSQL was still at work after, on its own account, when the next one was begun. */
  unquiet: number
}

export interface Pace {
  readonly rounds: number
  readonly milliseconds: number
}

/**
 * Rounds alternate between the servers, and within a series between its workloads, so that a machine whose speed drifts slows
 * all that is compared. A server that was given up on while it warmed up has one round: with what it computes on for, each
 * takes up to a minute.
 */
export async function measureAll(
  stocks: readonly Stock[],
  workloads: readonly Workload[],
  { rounds, milliseconds }: Pace,
  postmaster: number | undefined,
): Promise<Measures> {
  const measures: Measures = { rounds: [], remarks: [], unquiet: 0 }
  for (const series of seriesOf(workloads)) {
    const turns: { readonly stock: Stock; readonly workload: Workload }[] = []
    for (const workload of series)
      for (const stock of stocks)
        if (await takesPart(stock, workload, measures.remarks)) turns.push({ stock, workload })
    for (const connections of series[0]?.connections ?? []) {
      const once = new Set<object>()
      for (let round = -1; round < rounds; round++) {
        for (const turn of turns) {
          const { stock, workload } = turn
          if (stock.gone !== undefined || (round > 0 && once.has(turn))) continue
          // The first one warms up.
          const length = round < 0 ? milliseconds / 3 : milliseconds
          const measured = await measure(stock, workload, connections, length, postmaster)
          const wentOn = await settled(stock, workload, measures, postmaster)
          if (round >= 0) measures.rounds.push({ ...measured, wentOn })
          else if (measured.cut > 0) once.add(turn)
        }
      }
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
  if (stock.gone !== undefined) return false
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

/**
 * Waits until nobody is at work on account of a round; answers for how many seconds the server was. One that does not come
 * to an end is ended: what it computes on would be taken from all that is measured after it.
 */
async function settled(
  stock: Stock,
  workload: Workload,
  measures: Measures,
  postmaster: number | undefined,
): Promise<number> {
  const { wentOn, server, postgres } = await untilQuiet(stock.served, postmaster)
  if (!postgres) measures.unquiet += 1
  if (!server) {
    stock.gone = `ended after "${workload.name}": it went on computing for ${wentOn.toFixed(0)} s`
    await stock.served.kill()
  }
  return wentOn
}

async function measure(
  stock: Stock,
  workload: Workload,
  connections: number,
  milliseconds: number,
  postmaster: number | undefined,
): Promise<Omit<Round, 'wentOn'>> {
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
  stock.inserted += /^(patch|post)/.test(workload.id) ? measured.count : 0
  const database = after.database === undefined ? undefined : each('database')
  return {
    ...{ subject: subject.id, workload: workload.id, connections },
    ...{ cpu: each('cpu'), database, client: each('client') },
    ...measured,
  }
}
