import { type FailureRow, UNWANTED } from './health.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** A request that failed in a way that somebody has to do something about. */
export interface FailedRow extends Omit<FailureRow, 'workspace' | 'since'> {
  readonly group_id: string | null
  readonly person_id: string | null
}

const newest = statement<FailedRow>(`
  select a.id, a.at, a.method, a.route, a.status, a.problem, a.group_id, a.person_id
  from {activity} a where a.workspace_id = :workspace and a.id >= :since and ${UNWANTED}
  order by a.id desc limit :limit`)

/** By the newest failure of each subject: the last success of the same method about the same group or person. */
const LATER = 'b.workspace_id = :workspace and b.id > :since and b.status < 400 and b.method = a.method'
const ofSubjects = statement<Success>(`
  select a.id, case when a.group_id is not null
      then (select max(b.id) from {activity} b where ${LATER} and b.group_id = a.group_id)
      else (select max(b.id) from {activity} b where ${LATER} and b.person_id = a.person_id) end as success
  from each(:ids text) as e
  find {activity} a (a.workspace_id = :workspace and a.id = e.value)`)

// Where what was to be created was there already, a write to it is as good.
const ofKinds = statement<Success>(`
  select a.id, (
    select max(b.id) from {activity} b where b.workspace_id = :workspace and b.id > :since and b.status < 400
      and (b.method = a.method and b.route = a.route or
        a.status = 409 and b.method in ('POST', 'PUT', 'PATCH') and b.route in (a.route, a.route || '/{id}'))) as success
  from each(:ids text) as e
  find {activity} a (a.workspace_id = :workspace and a.id = e.value)`)

interface Success {
  readonly id: string
  readonly success: string | null
}

/** The newest first, `limit` of them, since an id of activity. */
export function failedSince(
  reader: Reader,
  workspace: number,
  { since, limit }: { readonly since: string; readonly limit: number },
): Promise<FailedRow[]> {
  return reader.all(newest, { workspace, since, limit })
}

/** For failures that name a group or a person, or none of them: the last that succeeded of the same, after the id `since`. */
export async function successesOf(
  reader: Reader,
  workspace: number,
  { of, ids, since }: { readonly of: 'subjects' | 'kinds'; readonly ids: readonly string[]; readonly since: string },
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.all(of === 'subjects' ? ofSubjects : ofKinds, { workspace, ids, since })
  return new Map(rows.flatMap(({ id, success }) => (success === null ? [] : [[id, success] as const])))
}
