import type { Pace } from './measure.ts'
import type { Sizes } from './stock.ts'

/** How much of everything a run does. */
export interface Plan {
  readonly pace: Pace
  readonly ours: Sizes
  readonly peers: Sizes
  /** People that ours and peers have, these as many as go into the cap. */
  readonly people: { readonly ours: number; readonly peers: number }
  /** Groups that finds are repeated among. */
  readonly many: number
  readonly sync: { readonly rounds: number; readonly cap: number }
  /** Of one process against several. */
  readonly processes: Pace
  readonly largeReads: number
  /** The large sync, of groups of 500: 2,000 of them make a million memberships. */
  readonly million: { readonly groups: number; readonly people: number }
  /** Each person is in ten groups. */
  readonly ofPerson: { readonly rounds: number; readonly calls: number; readonly people: number }
  /** Milliseconds that reading back may take for a server. */
  readonly readBack: number
}

/** Some minutes. */
export const WHOLE: Plan = {
  pace: { rounds: 3, milliseconds: 500 },
  ours: { small: 1_000, sized: { 1000: 16, 10000: 8, 100000: 3 }, cap: 0 },
  peers: { small: 1_000, sized: { 1000: 16, 10000: 2 }, cap: 12_000 },
  people: { ours: 100_000 + 64, peers: 15_000 + 64 },
  many: 100_000,
  sync: { rounds: 3, cap: 10_000 },
  processes: { rounds: 5, milliseconds: 2_000 },
  largeReads: 5,
  million: { groups: 2_000, people: 100_000 },
  ofPerson: { rounds: 5, calls: 20_000, people: 100_000 },
  readBack: 10_000,
}

/** About a minute: no more than whether all of it works, and the orders of magnitude; no group is larger than 10,000. */
export const QUICK: Plan = {
  pace: { rounds: 1, milliseconds: 100 },
  ours: { small: 300, sized: { 1000: 2, 10000: 1 }, cap: 0 },
  peers: { small: 150, sized: { 1000: 1 }, cap: 1_500 },
  people: { ours: 15_000 + 64, peers: 1_100 },
  many: 2_000,
  sync: { rounds: 1, cap: 1_500 },
  processes: { rounds: 1, milliseconds: 300 },
  largeReads: 2,
  million: { groups: 40, people: 2_000 },
  ofPerson: { rounds: 1, calls: 5_000, people: 2_000 },
  readBack: 1_500,
}
