import type { Results } from './results.ts'
import { fixed, median, mib, round } from './statistics.ts'

type Engine = 'SQLite' | 'PostgreSQL'

interface Outcome {
  readonly text: string
  readonly reached: boolean
}

/** A thing that was wanted of an engine. */
interface Target {
  readonly work: string
  readonly wanted: string
  readonly engine: Engine
  /** Undefined where it was not measured. */
  readonly outcome: (results: Results, ours: string, floor: string) => Outcome | undefined
}

const least = (value: number, wanted: number, text: string): Outcome => ({ text, reached: value >= wanted })
const most = (value: number, wanted: number, text: string): Outcome => ({ text, reached: value <= wanted })
const times = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : round(ratio)} ×`

/** Ours against the fastest peer that does the same. */
function againstPeer(
  wanted: number,
  durable: boolean,
  rate: (results: Results, subject: string) => number,
): Target['outcome'] {
  return (results, ours) => {
    const fastest = results.fastestPeer(durable, (subject) => rate(results, subject))
    const own = rate(results, ours)
    if (!fastest || !(own > 0)) return undefined
    const ratio = own / fastest.rate
    return least(ratio, wanted, `${times(ratio)} ${fastest.title}`)
  }
}

/** The least of such ratios over the sizes of groups. */
function patchAgainstPeer(wanted: number, durable: boolean, from: number): Target['outcome'] {
  return (results, ours) => {
    const outcomes = results.patches(ours, 16).flatMap(([size]) => {
      if (size < from) return []
      const outcome = againstPeer(wanted, durable, (all, subject) => all.sameRate(subject, `patch-${size}-many`, 16))
      const found = outcome(results, ours, '')
      return found ? [{ ...found, text: `${found.text} at ${size.toLocaleString('en')}` }] : []
    })
    return worst(outcomes)
  }
}

function worst(outcomes: readonly Outcome[]): Outcome | undefined {
  const number = ({ text }: Outcome): number => Number.parseFloat(text.replaceAll(',', ''))
  const last = outcomes.toSorted((a, b) => number(a) - number(b))[0]
  return last && { text: last.text, reached: outcomes.every(({ reached }) => reached) }
}

function againstFloor(wanted: number, workloads: readonly string[], connections: readonly number[]): Target['outcome'] {
  return (results, ours, floor) =>
    worst(
      workloads.flatMap((workload) =>
        connections.flatMap((count) => {
          const ratio = results.rate(ours, workload, count) / results.rate(floor, workload, count)
          const name = workload.replace('patch-', 'at ').replace('-many', '').replace('-one', ', one group')
          return ratio > 0
            ? [least(ratio, wanted, `${times(ratio)} ${name}, ${count} connection${count === 1 ? '' : 's'}`)]
            : []
        }),
      ),
    )
}

const SIZES = [10, 1_000, 10_000, 100_000]
const many = SIZES.map((size) => `patch-${size}-many`)
const one = SIZES.map((size) => `patch-${size}-one`)

const exponentAtMost: Target['outcome'] = (results, ours) => {
  const exponents = [1, 16]
    .map((connections) => results.exponent(ours, connections))
    .filter((value) => !Number.isNaN(value))
  if (exponents.length === 0) return undefined
  return most(Math.max(...exponents), 0.05, exponents.map((value) => value.toFixed(3)).join(' and '))
}

const amongMany: Target['outcome'] = (results, ours) => {
  const groups = results.about(ours)?.manyGroups.toLocaleString('en')
  return worst(
    [1, 16].flatMap((count) => {
      const ratio = results.rate(ours, 'find', count, results.data.many) / results.rate(ours, 'find', count)
      const text = `${times(ratio)} among ${groups}, ${count} connection${count === 1 ? '' : 's'}`
      return ratio > 0 ? [least(ratio, 0.9, text)] : []
    }),
  )
}

const moreProcesses: Target['outcome'] = ({ data: { processes } }) => {
  const rate = (count: number) =>
    median(processes.filter((one) => one.processes === count).map(({ perSecond }) => perSecond))
  const ratio = rate(4) / rate(1)
  if (!(ratio > 0)) return undefined
  const alone = processes.filter((one) => one.processes === 1)
  const busy = alone[0]?.busy.map((_, core) => median(alone.map(({ busy }) => busy[core] ?? 0))) ?? []
  const cores = busy.map((share) => `${fixed(share * 100, 0)} %`).join(', ')
  return least(ratio, 1.3, `${times(ratio)}; with one process the cores were busy ${cores}`)
}

function million(minutes: number): Target['outcome'] {
  return ({ data }, ours) => {
    const found = data.millions.find(({ subject }) => subject === ours)
    if (!found) return undefined
    const { acknowledged, seconds, peak } = found
    const whole = acknowledged >= 1_000_000
    const text = `${acknowledged.toLocaleString('en')} in ${(seconds / 60).toFixed(1)} min, ${mib(peak)} MiB`
    // Of a part, the time that the whole would take at that rate.
    const reached = (seconds / 60) * (1_000_000 / acknowledged) <= minutes && peak <= 300 * 2 ** 20
    return { text: whole ? text : `${text} (a part)`, reached }
  }
}

function bytesEach(wanted: number): Target['outcome'] {
  return ({ data }, ours) => {
    const found = data.millions.find(({ subject }) => subject === ours)
    return found && most(found.bytes, wanted, `${found.bytes.toFixed(0)} bytes`)
  }
}

function largeRead(megabytes: number): Target['outcome'] {
  return ({ data }, ours) => {
    const reads = data.large.find(({ subject }) => subject === ours)?.reads ?? []
    if (reads.length === 0) return undefined
    const of = (value: (read: (typeof reads)[number]) => number): number => median(reads.map(value))
    const [first, others] = [of((read) => read.firstByte), of((read) => read.others)]
    const memory = Math.max(...reads.map((read) => read.memory))
    const rate = of(({ bytes, total }) => bytes / 1e6 / (total / 1_000))
    const members = reads[0]?.members ?? 0
    const part = members < 100_000 ? ` (of ${members.toLocaleString('en')})` : ''
    const text = `${first.toFixed(0)} ms; ${memory.toFixed(0)} MiB; ${others.toFixed(0)} ms; ${rate.toFixed(0)} MB/s${part}`
    return { text, reached: first <= 50 && memory <= 50 && others <= 50 && rate >= megabytes }
  }
}

const idle: Target['outcome'] = (results, ours) => {
  const about = results.about(ours)
  return about && most(about.idle, 120 * 2 ** 20, `${mib(about.idle)} MiB`)
}

const allStored: Target['outcome'] = ({ data }, ours) => {
  const found = data.readBacks.filter(({ subject }) => subject === ours)
  if (found.length === 0) return undefined
  const syncs = [...data.syncs, ...data.millions].filter(({ subject }) => subject === ours)
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
  const acknowledged = sum([...found, ...syncs].map((one) => one.acknowledged))
  const differing = sum(found.map((one) => one.differing))
  const lost = sum(syncs.map((sync) => Math.abs(sync.acknowledged - (sync.stored ?? sync.acknowledged))))
  return most(differing + lost, 0, `${acknowledged.toLocaleString('en')} memberships, ${differing + lost} differ`)
}

const find = (results: Results, subject: string): number => results.sameRate(subject, 'find', 16)
const page = (results: Results, subject: string): number => results.sameRate(subject, 'page-100', 16)
const post = (results: Results, subject: string): number => results.sameRate(subject, 'post', 16)
const sync = (results: Results, subject: string): number => results.syncRate(subject)

/** Both engines' figures and how they are found, for one row of the table. */
function both(
  work: string,
  sqlite: readonly [wanted: string, outcome: Target['outcome']] | undefined,
  postgres: readonly [wanted: string, outcome: Target['outcome']],
): Target[] {
  const [wanted, outcome] = postgres
  const row: Target = { work, wanted, outcome, engine: 'PostgreSQL' }
  return sqlite ? [{ work, wanted: sqlite[0], outcome: sqlite[1], engine: 'SQLite' }, row] : [row]
}

const TARGETS: readonly Target[] = [
  ...both(
    'PATCH one member: exponent of cost against group size',
    ['≤ 0.05', exponentAtMost],
    ['≤ 0.05', exponentAtMost],
  ),
  ...both(
    'PATCH one member, 16 connections, against the fastest peer that stores durably',
    ['≥ 10 ×', patchAgainstPeer(10, true, 0)],
    ['≥ 4 ×', patchAgainstPeer(4, true, 0)],
  ),
  ...both(
    'the same against the fastest peer of any kind, at 1,000 members and up',
    ['≥ 3 ×', patchAgainstPeer(3, false, 1_000)],
    ['ahead', patchAgainstPeer(1, false, 1_000)],
  ),
  ...both(
    'the same against the floor',
    ['≥ 3 ×', againstFloor(3, many, [16])],
    ['≥ 0.8 ×, also all on one group', againstFloor(0.8, [...many, ...one], [16])],
  ),
  ...both('PATCH with four processes and 64 connections against one process', undefined, ['≥ 1.3 ×', moreProcesses]),
  ...both(
    'find by displayName against the fastest durable peer',
    ['≥ 10 ×', againstPeer(10, true, find)],
    ['≥ 3 ×', againstPeer(3, true, find)],
  ),
  ...both(
    'find by displayName against the floor',
    ['≥ 0.8 ×', againstFloor(0.8, ['find'], [1, 16])],
    ['≥ 0.8 ×', againstFloor(0.8, ['find'], [1, 16])],
  ),
  ...both('find among 100,000 groups against among 1,000', ['≥ 0.9 ×', amongMany], ['≥ 0.9 ×', amongMany]),
  ...both(
    'page of 100 groups with 10 members each',
    ['≥ 10 ×', againstPeer(10, true, page)],
    ['≥ 5 ×', againstPeer(5, true, page)],
  ),
  ...both('POST a group', ['≥ 10 ×', againstPeer(10, true, post)], ['≥ 3 ×', againstPeer(3, true, post)]),
  ...both(
    'initial sync of 200 groups and 20,000 memberships',
    ['≥ 10 ×', againstPeer(10, true, sync)],
    ['≥ 4 ×', againstPeer(4, true, sync)],
  ),
  ...both(
    '1,000,000 memberships in 2,000 groups',
    ['≤ 5 min, RSS ≤ 300 MiB', million(5)],
    ['≤ 10 min, RSS ≤ 300 MiB', million(10)],
  ),
  ...both(
    'on disk for a membership with its history',
    ['≤ 100 bytes', bytesEach(100)],
    ['≤ 300 bytes', bytesEach(300)],
  ),
  ...both(
    'read of 100,000 members: first byte; memory above idle; longest wait of another request; rate',
    ['50 ms; 50 MiB; 50 ms; 50 MB/s', largeRead(50)],
    ['50 ms; 50 MiB; 50 ms; 25 MB/s', largeRead(25)],
  ),
  ...both('idle RSS', ['≤ 120 MiB', idle], ['≤ 120 MiB', idle]),
  ...both('acknowledged against stored', ['equal', allStored], ['equal', allStored]),
]

/** "Wanted / reached", a line for each target and engine. */
export function targetsTable(results: Results): string {
  const lines = TARGETS.map(({ work, wanted, engine, outcome }) => {
    const suffix = engine.toLowerCase().replace('postgresql', 'postgres')
    const found = outcome(results, `ours-${suffix}`, `floor-${suffix}`)
    const cells = [work, engine, wanted, found?.text ?? 'not measured', found ? (found.reached ? 'yes' : '**no**') : '']
    return `| ${cells.join(' | ')} |`
  })
  return ['| work | store | wanted | measured | reached |', '|---|---|---|---|---|', ...lines].join('\n')
}
