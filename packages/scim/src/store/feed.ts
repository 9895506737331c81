import type { ChangeRow } from './changes.ts'
import { EFFECTIVE } from './effective.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** A change in the order of the feed: `key` grows in the order of commits. */
export type FeedRow = Omit<ChangeRow, 'workspace' | 'operation'> & { readonly key: number }

/** A membership that a change touches, as it is now. */
export interface TouchedRow {
  readonly person_key: number
  readonly person: string
  readonly group_key: number
  readonly group: string
  /** 1 or 0. */
  readonly effective: number
}

const COLUMNS = `c.key, c.id, c.at, c.kind, c.group_key, c.group_id, c.group_name, c.group_external_id, c.actor,
  c.actor_label, c.request, c.people_count, c.details`

const from = statement<FeedRow>(`
  select ${COLUMNS} from {changes} c
  where c.workspace_id = :workspace and c.key >= :from order by c.key limit :limit`)
const newest = statement<Pick<FeedRow, 'key' | 'id'>>(`
  select c.key, c.id from {changes} c where c.workspace_id = :workspace order by c.key desc limit 1`)
const ofGroup = statement<Omit<TouchedRow, 'group_key' | 'group'>>(`
  select x.person_key, p.id as person,
    case when m.person_key is not null and ${EFFECTIVE} then 1 else 0 end as effective
  from {change_people} x
  join {workspaces} w on w.key = x.workspace_id
  join {people} p on p.workspace_id = x.workspace_id and p.key = x.person_key
  left join {memberships} m
    on m.workspace_id = x.workspace_id and m.group_key = :group and m.person_key = x.person_key
  where x.workspace_id = :workspace and x.change_key = :change and x.person_key > :person
  order by x.person_key limit :limit`)
const ofPeople = statement<TouchedRow>(`
  select x.person_key, p.id as person, g.key as group_key, g.id as "group",
    case when ${EFFECTIVE} then 1 else 0 end as effective
  from {change_people} x
  join {workspaces} w on w.key = x.workspace_id
  join {people} p on p.workspace_id = x.workspace_id and p.key = x.person_key
  join {memberships} m on m.workspace_id = x.workspace_id and m.person_key = x.person_key
  join {groups} g on g.workspace_id = x.workspace_id and g.key = m.group_key
  where x.workspace_id = :workspace and x.change_key = :change and x.person_key >= :person
    and (x.person_key > :person or m.group_key > :group)
  order by x.person_key, m.group_key limit :limit`)

/**
 * Changes in the order of their commits, from the key `from` on. Here alone is decided what that order is: SQLite has one
 * writer at a time, so keys are given in it; a store with several numbers what has been committed before it reads.
 */
export function changesFrom(reader: Reader, workspace: number, first: number, limit: number): Promise<FeedRow[]> {
  return reader.all(from, { workspace, from: first, limit })
}

export function newestChange(reader: Reader, workspace: number): Promise<Pick<FeedRow, 'key' | 'id'> | undefined> {
  return reader.get(newest, { workspace })
}

export interface TouchedAfter {
  readonly person: number
  readonly group: number
  readonly limit: number
}

/**
 * Memberships that a change touches, as they are now, in the order of person and group: of a change of a group, those of
 * its people there; of a change of people, all that they have. Whether they are effective is decided in this statement,
 * the policy included, so that nothing it says is older than the change.
 */
export async function touchedBy(
  reader: Reader,
  workspace: number,
  change: FeedRow,
  { person, group, limit }: TouchedAfter,
): Promise<TouchedRow[]> {
  if (change.group_key === null) return reader.all(ofPeople, { workspace, change: change.key, person, group, limit })
  const place = { group_key: change.group_key, group: change.group_id as string }
  const rows = await reader.all(ofGroup, { workspace, change: change.key, group: change.group_key, person, limit })
  return rows.map((row) => ({ ...row, ...place }))
}
