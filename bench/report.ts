import { cpus, totalmem } from 'node:os'
import type { LargeRead } from './largeRead.ts'
import type { OfPerson } from './ofPerson.ts'
import type { Figures } from './serve.ts'

/** One round of one workload on one server. */
export interface Row {
  readonly server: 'ours' | 'floor' | 'constant'
  readonly workload: string
  readonly size: number | undefined
  readonly connections: number
  readonly perSecond: number
  readonly median: number
  readonly p99: number
  /** Microseconds of the server's processor for a request. */
  readonly cpu: number
}

export interface Results {
  readonly rows: readonly Row[]
  readonly large: readonly LargeRead[]
  readonly ofPerson: OfPerson
  readonly idle: number
  readonly figures: Figures
  readonly quick: boolean
}

/** The results as Markdown: medians of the rounds, and ratios within the same run. */
export function report({ rows, large, ofPerson, idle, figures, quick }: Results): string {
  const [cpu] = cpus()
  const batch = (figures.transactions ?? 0) / (figures.commits ?? 1)
  return `# Results

Made by \`npm run bench${quick ? ' -- --quick' : ''}\`: ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB,
${process.platform} ${process.arch}, Node ${process.versions.node}; server and client on loopback, each on a core of its own where the
machine allows. Medians of the rounds, the least and the most behind them. Machines are noisy: read the ratios.

The *floor* is a bare \`node:http\` server with the same token look-up and one prepared statement (for PATCH: one row
inserted, one commit a request) on the same database settings; the *constant* is the same without a database.

| workload | connections | requests/s | median ms | p99 ms | CPU µs a request | × floor | × floor by CPU | × constant |
|---|---|---|---|---|---|---|---|---|
${table(rows)}

PATCH of one member: cost against the group's size, as the exponent of a fitted power (0 is constant):
${exponents(rows)}.
Requests that shared a commit, on average over the whole run: ${batch.toFixed(1)}.

## A group of 100,000 members, read whole

| first byte | whole | rate | memory above idle | others waited at most | and before |
|---|---|---|---|---|---|
${largeTable(large)}

Idle: ${(idle / 2 ** 20).toFixed(0)} MiB resident.

${ofPersonSection(ofPerson)}`
}

/** The host's most frequent question, in one process, without HTTP. */
export function ofPersonSection({ ours, floor, ratio }: OfPerson): string {
  return `## What groups a person is in, at 1,000,000 memberships

| calls of \`groups.ofPerson\` a second of processor time | a bare prepared select of the same rows | ratio |
|---|---|---|
| ${Math.round(ours).toLocaleString('en')} | ${Math.round(floor).toLocaleString('en')} | ${ratio.toFixed(2)} |
`
}

function table(rows: readonly Row[]): string {
  const lines: string[] = []
  for (const workload of new Set(rows.map((row) => row.workload))) {
    for (const connections of new Set(rows.map((row) => row.connections))) {
      const of = (server: Row['server']) =>
        rows.filter((row) => row.server === server && row.workload === workload && row.connections === connections)
      lines.push(line(workload, connections, of('ours'), of('floor'), of('constant')))
    }
  }
  return lines.join('\n')
}

function line(workload: string, connections: number, ours: Row[], floor: Row[], constant: Row[]): string {
  const rates = ours.map(({ perSecond }) => perSecond)
  const cells = [
    workload,
    connections,
    `${round(median(rates))} (${round(Math.min(...rates))}–${round(Math.max(...rates))})`,
    median(ours.map((row) => row.median)).toFixed(2),
    median(ours.map((row) => row.p99)).toFixed(2),
    median(ours.map((row) => row.cpu)).toFixed(0),
    ratio(ours, floor, ({ perSecond }) => perSecond),
    ratio(ours, floor, ({ cpu }) => 1 / cpu),
    ratio(ours, constant, ({ perSecond }) => perSecond),
  ]
  return `| ${cells.join(' | ')} |`
}

function ratio(ours: Row[], other: Row[], of: (row: Row) => number): string {
  return other.length === 0 ? '' : (median(ours.map(of)) / median(other.map(of))).toFixed(2)
}

/** The slope of log cost against log size, by least squares. */
function exponents(rows: readonly Row[]): string {
  return [1, 16]
    .map((connections) => {
      const sized = rows.filter(
        (row) => row.server === 'ours' && row.size !== undefined && row.connections === connections,
      )
      const sizes = [...new Set(sized.map(({ size }) => size as number))]
      const points = sizes.map((size) => {
        const costs = sized.filter((row) => row.size === size).map(({ perSecond }) => 1 / perSecond)
        return [Math.log(size), Math.log(median(costs))] as const
      })
      return `${slope(points).toFixed(3)} with ${connections} connection${connections === 1 ? '' : 's'}`
    })
    .join(', ')
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const mx = mean(points.map(([x]) => x))
  const my = mean(points.map(([, y]) => y))
  const above = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  return above / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

function largeTable(large: readonly LargeRead[]): string {
  const of = (value: (read: LargeRead) => number): number => median(large.map(value))
  const rate = of(({ bytes, total }) => bytes / 1e6 / (total / 1_000))
  return `| ${of((read) => read.firstByte).toFixed(1)} ms | ${of((read) => read.total).toFixed(0)} ms | ${rate.toFixed(0)} MB/s | ${Math.max(
    ...large.map(({ memory }) => memory),
  ).toFixed(0)} MiB | ${of((read) => read.others).toFixed(1)} ms | ${of((read) => read.othersBefore).toFixed(1)} ms |`
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en')
}
