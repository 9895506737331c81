import { DAY } from '../../base/clock.ts'
import { idAt } from '../../base/ids.ts'
import type { ProblemCode } from '../../base/problems.ts'
import { type FailedRow, failedSince, successesOf } from '../../store/failures.ts'
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
): Promise<OpenFailures> {
  const rows = await failedSince(store, workspace, { since: idAt('act', clock() - DAY), limit: LOOKED_AT })
  const same = [...Map.groupBy(rows, sameOf).values()]
  const [named, nameless] = [same.filter(([row]) => row && isNamed(row)), same.filter(([row]) => row && !isNamed(row))]
  const since = rows.at(-1)?.id ?? ''
  const ids = (groups: readonly FailedRow[][]) => groups.flatMap(([row]) => (row ? [row.id] : []))
  const successes = new Map([
    ...(await successesOf(store, workspace, { of: 'subjects', ids: ids(named), since })),
    ...(await successesOf(store, workspace, { of: 'kinds', ids: ids(nameless), since })),
  ])
  const open = same.flatMap((group) => group.filter(({ id }) => id > (successes.get(group[0]?.id ?? '') ?? '')))
  return { failures: byProblem(open), more: rows.length === LOOKED_AT }
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
