import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** What a checklist needs to know of a request. */
export interface EvidenceRow {
  readonly id: string
  readonly at: number
  readonly token_key: number | null
  readonly method: string
  readonly route: string
  readonly status: number
  readonly problem: string | null
  readonly detail: string | null
  readonly group_id: string | null
  readonly person_id: string | null
  /** JSON: what a write did, or what a look-up asked for and found. */
  readonly summary: string | null
}

const COLUMNS = `a.id, a.at, a.token_key, a.method, a.route, a.status, a.problem, a.detail, a.group_id, a.person_id, a.summary`
const first = statement<EvidenceRow>(`
  select ${COLUMNS} from {activity} a where a.workspace_id = :workspace and a.id >= :since order by a.id limit :limit`)
const last = statement<EvidenceRow>(`
  select ${COLUMNS} from {activity} a where a.workspace_id = :workspace and a.id >= :since order by a.id desc limit :limit`)
const synced = statement<{ managed: number | null; filled: string | null }>(`
  select max(g.managed) as managed, max(case when g.managed = 1 and g.member_count > 0 then g.id end) as filled
  from (select * from {groups} q where q.workspace_id = :workspace order by q.key limit :limit) g`)

/** Requests since an id: the first ones and the last ones, the oldest first; those between are left out. */
export async function evidenceOf(
  reader: Reader,
  workspace: number,
  { since, atFirst, atLast }: { since: string; atFirst: number; atLast: number },
): Promise<EvidenceRow[]> {
  const beginning = await reader.all(first, { workspace, since, limit: atFirst })
  if (beginning.length < atFirst) return beginning
  const end = (await reader.all(last, { workspace, since, limit: atLast })).reverse()
  const known = beginning.at(-1)?.id ?? ''
  return [...beginning, ...end.filter(({ id }) => id > known)]
}

/** Whether a provider has written to any of the first groups, and one of these that has members. */
export async function syncedGroups(
  reader: Reader,
  workspace: number,
  limit: number,
): Promise<{ managed: boolean; filled: string | null }> {
  const row = await reader.get(synced, { workspace, limit })
  return { managed: row?.managed === 1, filled: row?.filled ?? null }
}
