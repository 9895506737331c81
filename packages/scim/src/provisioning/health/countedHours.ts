import { DAY, HOUR } from '../../base/clock.ts'
import type { Answers } from '../../store/health.ts'

/** Counts the requests of several workspaces from one time until before another. */
export type Count = (
  workspaces: readonly number[],
  from: number,
  until: number,
) => Promise<ReadonlyMap<number, Answers>>

/**
 * After an hour's end: for one hour more its polls may fold into entries that it has, and then there is one for what a process
 * that could not reach the store had still in memory.
 */
export const SETTLED_AFTER = 2 * HOUR
/** Workspaces whose hours are kept; a day of each is about 2 kB. */
const MOST = 2_000

/** By its beginning. */
type Hours = Map<number, Answers>

const NONE: Answers = { requests: 0, failed: 0 }

/** How requests of the past ended: an hour that nothing is added to any more is counted once in the life of the process. */
export class CountedHours {
  readonly #count: Count
  readonly #most: number
  /** Those asked for last are at its end. */
  readonly #kept = new Map<number, Hours>()

  constructor(count: Count, most = MOST) {
    this.#count = count
    this.#most = most
  }

  /** Workspaces of which something is kept. */
  get size(): number {
    return this.#kept.size
  }

  /** All that was answered since a time. */
  async of(workspaces: readonly number[], since: number, now: number): Promise<Map<number, Answers>> {
    const sums = new Map(workspaces.map((workspace) => [workspace, NONE]))
    const add = (counted: ReadonlyMap<number, Answers>): void => {
      for (const [workspace, answers] of counted) sums.set(workspace, sum(sums.get(workspace) ?? NONE, answers))
    }
    const first = Math.ceil(since / HOUR) * HOUR
    const end = Math.max(first, Math.floor((now - SETTLED_AFTER) / HOUR) * HOUR)
    if (first > since) add(await this.#count(workspaces, since, first))
    for (let hour = first; hour < end; hour += HOUR) add(await this.#ofHour(workspaces, hour))
    add(await this.#count(workspaces, end, Number.POSITIVE_INFINITY))
    this.#forget(workspaces, now)
    return sums
  }

  async #ofHour(workspaces: readonly number[], hour: number): Promise<Map<number, Answers>> {
    const known = new Map<number, Answers>()
    for (const workspace of workspaces) {
      const answers = this.#kept.get(workspace)?.get(hour)
      if (answers) known.set(workspace, answers)
    }
    const missing = workspaces.filter((workspace) => !known.has(workspace))
    if (missing.length === 0) return known
    const counted = await this.#count(missing, hour, hour + HOUR)
    for (const workspace of missing) {
      const answers = counted.get(workspace) ?? NONE
      known.set(workspace, answers)
      this.#hoursOf(workspace).set(hour, answers)
    }
    return known
  }

  #hoursOf(workspace: number): Hours {
    const hours = this.#kept.get(workspace) ?? new Map<number, Answers>()
    this.#kept.set(workspace, hours)
    return hours
  }

  /** What nobody asks for any more, and of too many workspaces those that were not asked for longest. */
  #forget(workspaces: readonly number[], now: number): void {
    for (const workspace of workspaces) {
      const hours = this.#kept.get(workspace)
      if (!hours) continue
      for (const hour of hours.keys()) if (hour < now - DAY) hours.delete(hour)
      this.#kept.delete(workspace)
      this.#kept.set(workspace, hours)
    }
    for (const workspace of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) return
      this.#kept.delete(workspace)
    }
  }
}

function sum(one: Answers, other: Answers): Answers {
  return { requests: one.requests + other.requests, failed: one.failed + other.failed }
}
