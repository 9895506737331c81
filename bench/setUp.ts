import type { Cluster } from '../packages/scim/test/postgres/cluster.ts'
import { client } from './client.ts'
import { emptyDatabase } from './databases.ts'
import { addOurPeople, addPeersPeople } from './people.ts'
import type { Plan } from './plan.ts'
import { probe, type Verdict } from './probes.ts'
import { serve } from './serve.ts'
import { floorGroup } from './servers/floorStore.ts'
import { emptyStock, fill, fillSmall, type Stock } from './stock.ts'
import type { Subject } from './subjects.ts'

export interface SetUp {
  readonly stock: Stock
  readonly database: string
  /** Bytes of resident memory after the start. */
  readonly idle: number
  readonly verdicts: readonly Verdict[]
}

/** Starts a server and fills it. */
export async function setUp(
  subject: Subject,
  plan: Plan,
  folder: string,
  cluster: Cluster | undefined,
): Promise<SetUp> {
  const database = await emptyDatabase(subject, folder, cluster)
  if (subject.kind === 'floor') return floor(subject, database, plan)
  const own = subject.kind === 'ours' ? await addOurPeople(database, plan.people.ours) : undefined
  const served = await serve(subject.script, own ? [database, own.token] : [database])
  const idle = (await served.figures()).rss
  const calls = client(served)
  const ids = own?.ids ?? (await addPeersPeople(calls, plan.people.peers, plan.peers.cap))
  const stock = emptyStock(subject, served, calls, ids)
  const verdicts = await probe(stock)
  await fill(stock, own ? plan.ours : plan.peers)
  return { stock, database, idle, verdicts }
}

/** The floor makes its groups itself, and answers for a group whatever its size. */
async function floor(subject: Subject, database: string, plan: Plan): Promise<SetUp> {
  const served = await serve(subject.script, [database])
  const idle = (await served.figures()).rss
  const people = Array.from({ length: 64 }, (_, n) => `usr_${n}`)
  const stock = emptyStock(subject, served, client(served), people)
  await grow(stock, plan.ours.small, 0)
  for (const size of Object.keys(plan.ours.sized)) stock.sized.set(Number(size), stock.small.slice(0, 16))
  return { stock, database, idle, verdicts: [] }
}

/** To so many groups of ten, or as many as go into the time for a peer. */
export async function grow(stock: Stock, wanted: number, cap: number): Promise<void> {
  if (stock.subject.kind !== 'floor') {
    await fillSmall(stock, wanted, stock.subject.kind === 'peer' ? cap : Number.POSITIVE_INFINITY)
    return
  }
  await stock.served.grow(wanted)
  for (let n = stock.small.length; n < wanted; n++) stock.small.push(floorGroup(n)[0])
}
