import type { Sync } from '../initialSync.ts'
import type { LargeRead } from '../largeRead.ts'
import type { Measures, Round } from '../measure.ts'
import type { Million } from '../million.ts'
import type { OfPerson } from '../ofPerson.ts'
import type { Verdict } from '../probes.ts'
import type { Processes } from '../processes.ts'
import type { ReadBack } from '../readBack.ts'
import { SUBJECTS, type Subject } from '../subjects.ts'
import { WORKLOADS } from '../workloads.ts'
import { exponent, median } from './statistics.ts'

/** What is known of a subject beside its rates. */
export interface About {
  readonly subject: string
  readonly notes: readonly string[]
  /** Bytes of resident memory: after the start, and at the most at the end. */
  readonly idle: number
  readonly peak: number
  /** Groups of ten that it was measured with, and how many it had for {@link Data.many}. */
  readonly groups: number
  readonly manyGroups: number
  /** Requests that shared a commit, on average. */
  readonly batch: number | undefined
}

/** All that a run has measured. */
export interface Data {
  readonly quick: boolean
  readonly seconds: number
  /** The version of PostgreSQL, where there was one. */
  readonly postgres: string | undefined
  readonly about: readonly About[]
  readonly missing: readonly { subject: string; reason: string }[]
  readonly verdicts: readonly { subject: string; verdicts: readonly Verdict[] }[]
  readonly measures: Measures
  /** Finds among many groups. */
  readonly many: Measures
  readonly syncs: readonly Sync[]
  readonly large: readonly { subject: string; reads: readonly LargeRead[] }[]
  readonly millions: readonly Million[]
  readonly ofPerson: OfPerson | undefined
  readonly processes: readonly Processes[]
  readonly readBacks: readonly ReadBack[]
}

/** Asks {@link Data} for what tables and targets need. */
export class Results {
  readonly data: Data

  constructor(data: Data) {
    this.data = data
  }

  /** Subjects that were measured, in their order. */
  get subjects(): Subject[] {
    return SUBJECTS.filter(({ id }) => this.data.about.some(({ subject }) => subject === id))
  }

  about(subject: string): About | undefined {
    return this.data.about.find((about) => about.subject === subject)
  }

  rounds(subject: string, workload: string, connections: number, measures = this.data.measures): Round[] {
    return measures.rounds.filter(
      (round) => round.subject === subject && round.workload === workload && round.connections === connections,
    )
  }

  rate(subject: string, workload: string, connections: number, measures = this.data.measures): number {
    return median(this.rounds(subject, workload, connections, measures).map(({ perSecond }) => perSecond))
  }

  remark(subject: string, workload: string): string | undefined {
    return this.data.measures.remarks.find((one) => one.subject === subject && one.workload === workload)?.text
  }

  /** The fastest of the peers that does the same; undefined where none does. */
  fastestPeer(durable: boolean, rate: (subject: string) => number): { title: string; rate: number } | undefined {
    return this.subjects
      .filter(({ kind, store }) => kind === 'peer' && !(durable && store === 'memory'))
      .map(({ id, title }) => ({ title, rate: rate(id) }))
      .filter(({ rate }) => rate > 0)
      .sort((a, b) => b.rate - a.rate)[0]
  }

  /** A rate of what does the same: none where a remark says that it is another thing. */
  sameRate(subject: string, workload: string, connections: number): number {
    return this.remark(subject, workload) ? Number.NaN : this.rate(subject, workload, connections)
  }

  /** Sizes of groups that a PATCH was measured at, with its rate. */
  patches(subject: string, connections: number, spread: 'many' | 'one' = 'many'): [size: number, rate: number][] {
    return WORKLOADS.filter(({ id }) => id.startsWith('patch') && id.endsWith(spread))
      .map(({ id, size = 0 }): [number, number] => [size, this.rate(subject, id, connections)])
      .filter(([, rate]) => rate > 0)
  }

  /** Of cost against size. */
  exponent(subject: string, connections: number): number {
    const points = this.patches(subject, connections).map(([size, rate]): [number, number] => [size, 1 / rate])
    return points.length < 2 ? Number.NaN : exponent(points)
  }

  /** Memberships a second of each initial sync. */
  syncRates(subject: string): number[] {
    return this.data.syncs
      .filter((sync) => sync.subject === subject)
      .map(({ acknowledged, stored, seconds }) => (stored === 0 ? Number.NaN : acknowledged / seconds))
  }

  syncRate(subject: string): number {
    return median(this.syncRates(subject))
  }
}
