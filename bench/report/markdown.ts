import { cpus, totalmem } from 'node:os'
import { peerVersion } from '../peers.ts'
import { PROBES } from '../probes.ts'
import { type Subject, subject } from '../subjects.ts'
import { WORKLOADS } from '../workloads.ts'
import type { Results } from './results.ts'
import { median, mib, round } from './statistics.ts'
import { targetsTable } from './targets.ts'

/** All results as one document. */
export function markdown(results: Results, charts: readonly (readonly [name: string, title: string])[]): string {
  const { data } = results
  return `# Results

Made by \`npm run bench${asked()}\` in ${(data.seconds / 60).toFixed(1)} minutes; what each figure means: [README.md](README.md).
${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}. ${versions(results)}
Medians of the rounds; machines are noisy: read the ratios.${data.quick ? ' **A quick run: rounds of a fraction of a second, and small stores. Its figures show orders of magnitude only.**' : ''}
${data.missing.map(({ subject: id, reason }) => `\nNot measured: ${subject(id).title} (${reason}).`).join('')}

## Wanted and reached

${targetsTable(results)}

Of several ratios the least is shown.

## Charts

${charts.map(([name, title]) => `![${title}](charts/${name}.svg)`).join('\n\n')}

## Requests a second

${workloadTables(results)}

## Cost of a PATCH against the size of the group

The exponent of a fitted power: 0 is a constant cost, 1 one that grows as the group does.

${exponents(results)}

## Initial sync

200 groups of 100 members: each group created, then its members added in batches of 100, 8 groups in parallel.

${syncs(results)}

${millions(results)}
## A large group, read whole

${large(results)}

## groups.ofPerson

${ofPerson(results)}

## Acknowledged and stored

Memberships that a success was answered for, over all workloads that write, against what is stored when they are read back. Of the
floor: inserts.

${readBacks(results)}

## What each server does

Asked once, and judged by a read-back: *yes*; *no* with the answer that refused it; **no** in bold where a success was answered for
what was not done.

${verdicts(results)}

## How far each was filled

${about(results)}
`
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function versions({ subjects }: Results): string {
  const packages = new Set(subjects.flatMap(({ packages = [] }) => packages))
  return `${[...packages].map((name) => `${name} ${peerVersion(name)}`).join(', ')}.`
}

function workloadTables(results: Results): string {
  const head = [
    '',
    'connections',
    'requests/s',
    'least–most',
    'median ms',
    'p99 ms',
    'CPU µs',
    'of PostgreSQL',
    'of the client',
    '× floor',
    'ours ÷ this',
    '',
  ]
  return WORKLOADS.map((workload) => {
    const rows = results.subjects.flatMap((one) =>
      workload.connections.flatMap((connections) => rateRow(results, one, workload.id, connections)),
    )
    const without = results.subjects
      .filter(({ id, kind }) => kind !== 'floor' && !(results.rate(id, workload.id, workload.connections[0] ?? 1) >= 0))
      .map(({ title }) => title)
    const left = without.length > 0 ? `\n\nHave no such group, see below: ${without.join('; ')}.` : ''
    return `### ${workload.name}\n\n${rows.length > 0 ? table(head, rows) : ''}${left}`
  }).join('\n\n')
}

function rateRow(results: Results, one: Subject, workload: string, connections: number): string[][] {
  const rounds = results.rounds(one.id, workload, connections)
  const remark = results.remark(one.id, workload)
  if (rounds.length === 0) return []
  const rates = rounds.map(({ perSecond }) => perSecond)
  const rate = median(rates)
  const suffix = one.store === 'PostgreSQL' ? 'postgres' : 'sqlite'
  const floor = results.rate(`floor-${suffix}`, workload, connections)
  const ours = results.rate(`ours-${suffix}`, workload, connections)
  const refused = Object.entries(Object.assign({}, ...rounds.map(({ refused }) => refused)))
  const cut = rounds.reduce((sum, round) => sum + round.cut, 0)
  const wentOn = Math.max(...rounds.map((round) => round.wentOn))
  const said = [
    remark,
    refused.length > 0 && `refused some with ${refused.map(([status]) => status).join(', ')}`,
    cut > 0 && `${cut} not waited for${wentOn >= 1 ? `, computed on for up to ${wentOn.toFixed(0)} s` : ''}`,
  ]
  const row = [
    one.title,
    String(connections),
    round(rate),
    `${round(Math.min(...rates))}–${round(Math.max(...rates))}`,
    median(rounds.map((one) => one.median)).toFixed(2),
    median(rounds.map((one) => one.p99)).toFixed(2),
    round(median(rounds.map((one) => one.cpu))),
    rounds[0]?.database === undefined ? '' : round(median(rounds.map(({ database = 0 }) => database))),
    round(median(rounds.map((one) => one.client))),
    one.kind !== 'floor' && floor > 0 ? (rate / floor).toFixed(2) : '',
    one.kind === 'peer' && ours > 0 && rate > 0 ? `${round(ours / rate)} ×` : '',
    said.filter(Boolean).join('; '),
  ]
  return [row]
}

function exponents(results: Results): string {
  const shown = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(3))
  const rows = results.subjects
    .map(({ id, title }) => [title, ...[1, 16].map((count) => shown(results.exponent(id, count))), sizes(results, id)])
    .filter(([, one, sixteen]) => one || sixteen)
  return table(['', '1 connection', '16 connections', 'sizes'], rows)
}

const sizes = (results: Results, id: string): string =>
  results
    .patches(id, 1)
    .map(([size]) => size.toLocaleString('en'))
    .join(', ')

function syncs(results: Results): string {
  const rows = results.subjects.flatMap(({ id, title }) => {
    const of = results.data.syncs.filter((sync) => sync.subject === id)
    const last = of.at(-1)
    if (!last) return []
    const said = [last.cut && 'cut by its time', last.refused && `refused: ${last.refused}`]
    return [
      [
        title,
        round(results.syncRate(id)),
        median(of.map(({ seconds }) => seconds)).toFixed(1),
        last.acknowledged.toLocaleString('en'),
        last.stored?.toLocaleString('en') ?? '',
        said.filter(Boolean).join('; '),
      ],
    ]
  })
  return table(['', 'memberships/s', 'seconds', 'acknowledged', 'stored', ''], rows)
}

function millions({ data }: Results): string {
  if (data.millions.length === 0) return ''
  const rows = data.millions.map((one) => [
    subject(one.subject).title,
    one.groups.toLocaleString('en'),
    one.acknowledged.toLocaleString('en'),
    one.stored?.toLocaleString('en') ?? '',
    one.seconds.toFixed(1),
    round(one.acknowledged / one.seconds),
    mib(one.peak),
    one.bytes.toFixed(0),
    round(one.ofPerson),
  ])
  const head = [
    '',
    'groups',
    'acknowledged',
    'stored',
    'seconds',
    'memberships/s',
    'peak MiB',
    'bytes each',
    'ofPerson/s',
  ]
  return `A large one, of groups of 500; *bytes each* is on disk, of a membership with its history.\n\n${table(head, rows)}\n`
}

function large(results: Results): string {
  const rows = results.data.large.map(({ subject: id, reads }) => {
    const of = (value: (read: (typeof reads)[number]) => number): number => median(reads.map(value))
    return [
      subject(id).title,
      of(({ members }) => members).toLocaleString('en'),
      of((read) => read.firstByte).toFixed(1),
      of((read) => read.total).toFixed(0),
      of(({ bytes, total }) => bytes / 1e3 / total).toFixed(0),
      Math.max(...reads.map(({ memory }) => memory)).toFixed(0),
      of((read) => read.others).toFixed(1),
      of((read) => read.othersBefore).toFixed(1),
    ]
  })
  return table(
    ['', 'members', 'first byte ms', 'whole ms', 'MB/s', 'MiB above idle', 'others waited ms', 'and before'],
    rows,
  )
}

function ofPerson({ data: { ofPerson } }: Results): string {
  if (!ofPerson) return 'Not measured.'
  const { memberships, ours, floor, ratio } = ofPerson
  return `At ${memberships.toLocaleString('en')} memberships on SQLite, calls for each second of processor time: ${round(ours)}; a bare prepared select of the same rows:
${round(floor)}; ratio of a round ${ratio.toFixed(2)}.`
}

function readBacks(results: Results): string {
  const rows = results.data.readBacks.map((one) => [
    subject(one.subject).title,
    one.groups.toLocaleString('en'),
    one.acknowledged.toLocaleString('en'),
    one.stored.toLocaleString('en'),
    one.differing === 0 ? '0' : `**${one.differing.toLocaleString('en')}**`,
  ])
  return table(['', 'groups read', 'acknowledged', 'stored', 'differing'], rows)
}

function verdicts({ data }: Results): string {
  const asked = data.verdicts.filter(({ verdicts }) => verdicts.length > 0)
  const rows = PROBES.map(({ name }) => [
    name,
    ...asked.map(({ verdicts }) => verdicts.find(({ probe }) => probe === name)?.verdict.replaceAll('|', '/') ?? ''),
  ])
  return table(['', ...asked.map(({ subject: id }) => subject(id).title)], rows)
}

function about(results: Results): string {
  const rows = results.subjects.map(({ id, title, store }) => {
    const known = results.about(id)
    const memory = known ? `${mib(known.idle)}, ${mib(known.peak)}` : ''
    const groups = known ? `${known.groups.toLocaleString('en')}, ${known.manyGroups.toLocaleString('en')}` : ''
    const finds = [results.rate(id, 'find', 16), results.rate(id, 'find', 16, results.data.many)].map(round).join(', ')
    return [title, store, memory, groups, finds, known?.batch?.toFixed(1) ?? '', known?.notes.join('; ') ?? '']
  })
  const head = ['', 'stores in', 'MiB idle, at the most', 'groups, then', 'finds/s, then', 'requests a commit', 'notes']
  return table(head, rows)
}

/** What the command was given: subjects that are named leave the others out. */
function asked(): string {
  const words = process.argv.slice(2)
  return words.length === 0 ? '' : ` -- ${words.join(' ')}`
}
