import { cpus, totalmem } from 'node:os'
import { PROBES } from '../probes.ts'
import { COUNTS, CONNECTIONS as PROCESSES_CONNECTIONS } from '../processes.ts'
import { type Subject, subject } from '../subjects.ts'
import { WORKLOADS } from '../workloads.ts'
import type { Results } from './results.ts'
import { fixed, leastMost, median, mib, round } from './statistics.ts'
import { targetsTable } from './targets.ts'
import { versions } from './versions.ts'

/** All results as one document. */
export function markdown(results: Results, charts: readonly (readonly [name: string, title: string])[]): string {
  const { data } = results
  return `# Results

Made by \`npm run bench${asked()}\` in ${(data.seconds / 60).toFixed(1)} minutes; what each figure means: [README.md](README.md).
${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}. ${versions(results)}
Medians of the rounds, with the least and the most beside them.${data.quick ? ' **A quick run: rounds of a fraction of a second, and small stores. Its figures show orders of magnitude only.**' : ''}
${unquiet(data.measures.unquiet + data.many.unquiet)}
${data.missing.map(({ subject: id, reason }) => `\nNot measured: ${subject(id).title} (${reason}).`).join('')}

## Wanted and reached

${targetsTable(results)}

Of several ratios the least is shown.

## Charts

${charts.map(([name, title]) => `![${title}](charts/${name}.svg)`).join('\n\n')}

## Requests a second

${workloadTables(results)}

### find by displayName among many groups

As many as each server had when all else was done: ours and the floor ${data.about[0]?.manyGroups.toLocaleString('en') ?? ''}, a peer what it took within its time.

${manyTable(results)}

## Cost of a PATCH against the size of the group

The exponent of a fitted power: 0 is a constant cost, 1 one that grows as the group does.

${exponents(results)}

## Initial sync

200 groups of 100 members: each group created, then its members added in batches of 100, 8 groups in parallel.

${syncs(results)}

${millions(results)}
## Several processes

${processes(results)}

## A large group, read whole

Ours by a server that was started for it, and *MiB above idle* at the most above what that had after its start, with what small requests
had taken of it *before* the first read; a peer by the one that did all the rest. Medians, with least and most in parentheses.

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

function unquiet(rounds: number): string {
  return rounds === 0 ? '' : `\nPostgreSQL was still at work on its own account when ${rounds} rounds began.\n`
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

const RATES = [
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

function workloadTables(results: Results): string {
  return WORKLOADS.map((workload) => {
    const rows = results.subjects.flatMap((one) =>
      workload.connections.flatMap((connections) => rateRow(results, one, workload.id, connections)),
    )
    const without = results.subjects
      .filter(({ id, kind }) => kind !== 'floor' && !(results.rate(id, workload.id, workload.connections[0] ?? 1) >= 0))
      .map(({ title }) => title)
    const left =
      without.length > 0 ? `\n\nNot measured, for what the last table says of them: ${without.join('; ')}.` : ''
    return `### ${workload.name}\n\n${rows.length > 0 ? table(RATES, rows) : ''}${left}`
  }).join('\n\n')
}

/** Finds among as many groups as each server got to. */
function manyTable(results: Results): string {
  const rows = results.subjects.flatMap((one) =>
    [1, 16].flatMap((connections) =>
      rateRow(results, one, 'find', connections, results.data.many).map(([title = '', ...row]) => [
        title,
        results.about(one.id)?.manyGroups.toLocaleString('en') ?? '',
        ...row,
      ]),
    ),
  )
  return table(['', 'groups', ...RATES.slice(1)], rows)
}

function rateRow(
  results: Results,
  one: Subject,
  workload: string,
  connections: number,
  measures = results.data.measures,
): string[][] {
  const rounds = results.rounds(one.id, workload, connections, measures)
  const remark = results.remark(one.id, workload)
  if (rounds.length === 0) return []
  const rates = rounds.map(({ perSecond }) => perSecond)
  const rate = median(rates)
  const suffix = one.store === 'PostgreSQL' ? 'postgres' : 'sqlite'
  const floor = results.rate(`floor-${suffix}`, workload, connections, measures)
  const ours = results.rate(`ours-${suffix}`, workload, connections, measures)
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
    leastMost(rates),
    fixed(median(rounds.map((one) => one.median)), 2),
    fixed(median(rounds.map((one) => one.p99)), 2),
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
    const rates = results.syncRates(id)
    return [
      [
        title,
        round(median(rates)),
        leastMost(rates),
        ratio(results, id, median(rates)),
        median(of.map(({ seconds }) => seconds)).toFixed(1),
        last.acknowledged.toLocaleString('en'),
        last.stored?.toLocaleString('en') ?? '',
        said.filter(Boolean).join('; '),
      ],
    ]
  })
  const head = ['', 'memberships/s', 'least–most', 'ours ÷ this', 'seconds', 'acknowledged', 'stored', '']
  return table(head, rows)
}

/** What ours on the same store does of it, against a peer. */
function ratio(results: Results, id: string, rate: number): string {
  const { kind, store } = subject(id)
  const ours = results.syncRate(store === 'PostgreSQL' ? 'ours-postgres' : 'ours-sqlite')
  return kind === 'peer' && ours > 0 && rate > 0 ? `${round(ours / rate)} ×` : ''
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
    const of = (value: (read: (typeof reads)[number]) => number, digits: number): string => {
      const values = reads.map(value)
      const shown = (one: number): string => fixed(one, digits)
      return `${shown(median(values))} (${leastMost(values, shown)})`
    }
    return [
      subject(id).title,
      reads[0]?.members.toLocaleString('en') ?? '',
      of((read) => read.firstByte, 1),
      of((read) => read.total, 0),
      of(({ bytes, total }) => bytes / 1e3 / total, 0),
      Math.max(...reads.map(({ memory }) => memory)).toFixed(0),
      fixed(reads[0]?.memoryBefore ?? Number.NaN, 0),
      of((read) => read.others, 1),
      of((read) => read.othersBefore, 1),
    ]
  })
  return table(
    ['', 'members', 'first byte ms', 'whole ms', 'MB/s', 'MiB above idle', 'before', 'others waited ms', 'and before'],
    rows,
  )
}

function processes({ data }: Results): string {
  if (data.processes.length === 0) return 'Not measured.'
  const rows = COUNTS.map((count) => {
    const rounds = data.processes.filter((one) => one.processes === count)
    const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value))
    const used = [of(({ cpu }) => cpu), of(({ database = Number.NaN }) => database), of(({ client }) => client)]
    const cores =
      rounds[0]?.busy.map(
        (_, core) =>
          `${fixed(
            of(({ busy }) => (busy[core] ?? 0) * 100),
            0,
          )} %`,
      ) ?? []
    return [
      count,
      round(of(({ perSecond }) => perSecond)),
      leastMost(rounds.map(({ perSecond }) => perSecond)),
      cores.join(', '),
      fixed(
        of(({ batch }) => batch),
        1,
      ),
      ...used.map(round),
      round(used.reduce((sum, one) => sum + one, 0)),
    ]
  })
  const head = [
    'processes',
    'requests/s',
    'least–most',
    'each core busy',
    'requests a commit',
    'CPU µs of the service',
    'of PostgreSQL',
    'of the client',
    'sum',
  ]
  return `\`optimaite-scim serve --processes\` on PostgreSQL: PATCH of one member of different groups, ${PROCESSES_CONNECTIONS} connections. Processes of the service and
PostgreSQL take any core, with one process as with several; the client keeps its own.

${table(head, rows)}`
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
