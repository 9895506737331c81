import { DAY, MINUTE } from '../../base/clock.ts'
import { idAt } from '../../base/ids.ts'
import type { ProblemCode } from '../../base/problems.ts'
import { type FailedRow, failedSince, successesOf } from '../../store/failures.ts'
import type { Reader } from '../../store/store.ts'
import type { Context } from '../call.ts'

/** Requests of the last 24 hours that failed for one reason and have not been put right. */
export interface OpenFailure {
  readonly problem: ProblemCode
  readonly count: number
  /** When the first and the last of them came. */
  readonly first: number
  readonly last: number
  /** The activity entry of the last. */
  readonly activity: string
}

export interface OpenFailures {
  /** The one that came last first. */
  readonly failures: readonly OpenFailure[]
  /** Whether there were more failures than are looked at, the newest 1,000. */
  readonly more: boolean
}

const LOOKED_AT = 1_000

/** What health holds against an integration, all of it: whatever failed counts until the same has succeeded. */
export async function openFailures(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  workspace: number,
  known: KnownSuccesses,
): Promise<OpenFailures> {
  const now = clock()
  const rows = await failedSince(store, workspace, { since: idAt('act', now - DAY), limit: LOOKED_AT })
  const oldest = rows.at(-1)?.id ?? ''
  const same = Array.from(Map.groupBy(rows, sameOf), ([what, failed]) => ({
    what,
    failed,
    last: failed[0] as FailedRow,
  }))
  const [named, nameless] = [same.filter(({ last }) => isNamed(last)), same.filter(({ last }) => !isNamed(last))]
  const ids = named.map(({ last }) => last.id)
  const ofNamed = await successesOf(store, workspace, { of: 'subjects', ids, since: oldest })
  const ofNameless = await known.of(store, workspace, nameless, { oldest, now })
  const open = same.flatMap(({ failed, last }) => {
    const success = ofNamed.get(last.id) ?? ofNameless.get(last.id) ?? ''
    return failed.filter(({ id }) => id > success)
  })
  return { failures: byProblem(open), more: rows.length === LOOKED_AT }
}

/** What may still be written of before a moment, as entries bear the times at which their requests came. */
const LATE = 10 * MINUTE
const KEPT = 2_000

/**
 * When what names no group or person succeeded last. No index finds that, so that in the life of a process each entry is
 * looked through once, and those of the last minutes with every poll.
 */
export class KnownSuccesses {
  readonly #known = new Map<string, { readonly until: string; readonly success: string }>()

  /** By the ids of the failures that it is asked for. */
  async of(
    reader: Reader,
    workspace: number,
    wanted: readonly { readonly what: string; readonly last: FailedRow }[],
    { oldest, now }: { readonly oldest: string; readonly now: number },
  ): Promise<Map<string, string>> {
    if (this.#known.size > KEPT) this.#known.clear()
    const before = wanted.map(({ what }) => this.#known.get(`${workspace} ${what}`))
    const since = before.reduce((least, one) => (one && one.until < least ? one.until : least), idAt('act', now - LATE))
    const start = before.every((one) => one) ? since : oldest
    const ids = wanted.map(({ last }) => last.id)
    const found = await successesOf(reader, workspace, { of: 'kinds', ids, since: start })
    for (const [index, { what, last }] of wanted.entries()) {
      const success = found.get(last.id) ?? before[index]?.success ?? ''
      found.set(last.id, success)
      this.#known.set(`${workspace} ${what}`, { until: idAt('act', now - LATE), success })
    }
    return found
  }
}

function isNamed({ group_id, person_id }: FailedRow): boolean {
  return group_id !== null || person_id !== null
}

/** Requests of which one that succeeds puts the others right. */
function sameOf({ method, route, status, group_id, person_id }: FailedRow): string {
  if (group_id !== null) return `${method} group ${group_id}`
  if (person_id !== null) return `${method} person ${person_id}`
  return `${method} ${route} ${status === 409}`
}

function byProblem(rows: readonly FailedRow[]): OpenFailure[] {
  const groups = Map.groupBy(rows, ({ problem }) => (problem ?? 'internal') as ProblemCode)
  return Array.from(groups, ([problem, failed]) => {
    const ordered = failed.toSorted((one, other) => (one.id < other.id ? -1 : 1))
    const [first, last] = [ordered[0] as FailedRow, ordered.at(-1) as FailedRow]
    return { problem, count: failed.length, first: first.at, last: last.at, activity: last.id }
  }).sort((one, other) => (one.activity < other.activity ? 1 : -1))
}
