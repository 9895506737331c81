import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '../packages/scim/test/postgres/cluster.ts'
import { emptyDatabase, serverVersion } from './databases.ts'
import { initialSync, type Sync } from './initialSync.ts'
import { readLarge } from './largeRead.ts'
import { measureAll } from './measure.ts'
import { type Million, syncMillion } from './million.ts'
import { measureOfPerson } from './ofPerson.ts'
import { installPeers } from './peers.ts'
import { QUICK, WHOLE } from './plan.ts'
import { measureProcesses, type Processes } from './processes.ts'
import { untilQuiet } from './quiet.ts'
import { type ReadBack, readBack, readBackFloor } from './readBack.ts'
import type { Data } from './report/results.ts'
import { write } from './report/write.ts'
import { leaveServersTheirCore } from './serve.ts'
import type { Figures } from './servers/answer.ts'
import { grow, type SetUp, setUp } from './setUp.ts'
import { SUBJECTS } from './subjects.ts'
import { find, WORKLOADS } from './workloads.ts'

/**
 * Measures the service beside peers and the floor, in one run on loopback: `npm run bench`, or `npm run bench -- --quick`.
 * Further words choose subjects, by what their ids begin with. Writes bench/RESULTS.md and bench/charts.
 */
const UNKNOWN: Figures = { rss: Number.NaN, peak: Number.NaN, cpu: Number.NaN }
const quick = process.argv.includes('--quick')
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const plan = quick ? QUICK : WHOLE
const started = performance.now()
const say = (text: string): void => console.error(`${((performance.now() - started) / 1_000).toFixed(0)} s: ${text}`)

installPeers()
const cluster = await startCluster({ durable: true }).catch(() => undefined)
// The cluster was started on any core; from here on this process is the client.
leaveServersTheirCore()
const folder = mkdtempSync(join(tmpdir(), 'scim-bench-'))
const leave = async (): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  await cluster?.stop()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave().finally(() => process.exit(1)))
try {
  write(await measure(folder, cluster))
} finally {
  await leave()
}

async function measure(folder: string, cluster: Cluster | undefined): Promise<Data> {
  const ready: SetUp[] = []
  const missing: { subject: string; reason: string }[] = []
  for (const subject of SUBJECTS.filter(
    ({ id }) => chosen.length === 0 || chosen.some((word) => id.startsWith(word)),
  )) {
    try {
      ready.push(await setUp(subject, plan, folder, cluster))
      say(`${subject.title} is filled`)
    } catch (error) {
      missing.push({ subject: subject.id, reason: (error as Error).message })
      say(`${subject.title} is left out: ${(error as Error).message}`)
    }
  }
  const stocks = ready.map(({ stock }) => stock)
  const left = () => stocks.filter(({ gone }) => gone === undefined)
  const groups = new Map(stocks.map(({ subject, small }) => [subject.id, small.length]))

  const measures = await measureAll(stocks, WORKLOADS, plan.pace, cluster?.pid)
  say('workloads are measured')
  const syncs: Sync[] = []
  const plain = left().filter(({ subject }) => subject.kind !== 'floor')
  for (let round = 0; round < plan.sync.rounds; round++) {
    for (const stock of plain) {
      const sizes = { groups: 200, members: 100, batch: 100, parallel: 8 }
      const sync = await initialSync(stock, { ...sizes, cap: plan.sync.cap, readBack: true })
      if (sync) syncs.push(sync)
      await untilQuiet(stock.served, cluster?.pid)
    }
  }
  say('initial syncs are measured')
  const large: Data['large'][number][] = []
  for (const one of ready.filter(({ stock }) => plain.includes(stock))) {
    const reads = await readLarge(one, plan.largeReads)
    await untilQuiet(one.stock.served, cluster?.pid)
    if (reads.length > 0) large.push({ subject: one.stock.subject.id, reads })
  }
  const processes = await withProcesses(ready, cluster?.pid)
  say('large reads and processes are measured')

  const readBacks: ReadBack[] = []
  for (const stock of left())
    readBacks.push(
      await (stock.subject.kind === 'floor' ? readBackFloor(stock, stock.inserted) : readBack(stock, plan.readBack)),
    )
  say('what was acknowledged is read back')
  for (const stock of left()) await grow(stock, plan.many, plan.peers.cap)
  say('more groups are made')
  const many = await measureAll(stocks, [find], plan.pace, cluster?.pid)

  const about: Data['about'][number][] = []
  for (const { stock, idle } of ready) {
    const { subject, served, notes: filled, small, gone } = stock
    const { peak, transactions, commits } = gone === undefined ? await served.figures() : UNKNOWN
    const notes = gone === undefined ? filled : [...filled, gone]
    const batch = transactions && commits ? transactions / commits : undefined
    const counts = { groups: groups.get(subject.id) ?? 0, manyGroups: small.length }
    about.push({ subject: subject.id, notes, idle, peak, batch, ...counts })
    stock.client.close()
    await served.stop()
  }
  const millions = await theMillions(folder, cluster, ready)
  const ofPerson = await measureOfPerson(plan.ofPerson)
  say('the large sync is measured')
  const verdicts = ready.map(({ stock, verdicts }) => ({ subject: stock.subject.id, verdicts }))
  const seconds = (performance.now() - started) / 1_000
  return {
    quick,
    seconds,
    postgres: cluster && (await serverVersion(cluster.url)),
    about,
    missing,
    verdicts,
    measures,
    many,
    syncs,
    large,
    millions,
    ofPerson,
    processes,
    readBacks,
  }
}

async function withProcesses(ready: readonly SetUp[], postmaster: number | undefined): Promise<Processes[]> {
  const postgres = ready.find(({ stock }) => stock.subject.id === 'ours-postgres')
  return postgres ? measureProcesses(postgres.stock, postgres.database, plan.processes, postmaster) : []
}

async function theMillions(folder: string, cluster: Cluster | undefined, ready: readonly SetUp[]): Promise<Million[]> {
  const millions: Million[] = []
  for (const { stock } of ready.filter(({ stock }) => stock.subject.kind === 'ours')) {
    const database = await emptyDatabase(stock.subject, folder, cluster, '-million')
    millions.push(await syncMillion(stock.subject, database, plan.million))
  }
  return millions
}
