import type { ChangeRow } from './changes.ts'
import { EFFECTIVE } from './effective.ts'
import { statement } from './statement.ts'
import type { Reader, Store } from './store.ts'

/** A change in the order of the feed. */
export type FeedRow = Omit<ChangeRow, 'workspace' | 'operation'> & {
  readonly key: number
  /** Grows in the order of commits. */
  readonly position: number
}

/** A membership that a change touches, as it is now. */
export interface TouchedRow {
  readonly person_key: number
  readonly person: string
  readonly group_key: number
  readonly group: string
  /** 1 or 0. */
  readonly effective: number
}

const COLUMNS = `c.key, c.{position} as position, c.id, c.at, c.kind, c.group_key, c.group_id, c.group_name, c.group_external_id, c.actor,
  c.actor_label, c.request, c.people_count, c.details`

const from = statement<FeedRow>(`
  select ${COLUMNS} from {changes} c
  where c.workspace_id = :workspace and c.{position} >= :from order by c.{position} limit :limit`)
const newest = statement<Pick<FeedRow, 'position' | 'id'>>(`
  select c.{position} as position, c.id from {changes} c
  where c.workspace_id = :workspace and c.{position} is not null order by c.{position} desc limit 1`)
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

const unnumbered = statement<{ found: number }>(`
  select 1 as found from {changes} c where c.workspace_id = :workspace and c.position is null limit :limit`)
const lastPosition = statement<{ feed_position: number }>(`
  select w.feed_position from {workspaces} w where w.key = :workspace {lock w}`)
const number = statement(`
  update {changes} as c set position = :last + n.number from (
    select u.key, row_number() over (order by u.key) as number from {changes} u
    where u.workspace_id = :workspace and u.position is null) n
  where c.workspace_id = :workspace and c.key = n.key`)
const advance = statement(`
  update {workspaces} set feed_position = feed_position + :count where key = :workspace`)

/**
 * Gives what has been committed since the last time its place in the feed, behind all that has one. Where writers wait for
 * each other, as in SQLite, keys are given in the order of commits, and are that place. Elsewhere they can commit in
 * another order than they began in, and a number drawn by them would make them wait: so the reader numbers, one at a time.
 */
export async function numberChanges(store: Store, workspace: number): Promise<void> {
  if (store.dialect.position === 'key') return
  if ((await store.get(unnumbered, { workspace, limit: 1 })) === undefined) return
  await store.write(async (writer) => {
    const row = await writer.get(lastPosition, { workspace })
    if (!row) return
    const count = await writer.run(number, { workspace, last: row.feed_position })
    await writer.run(advance, { workspace, count })
  })
}

/** Changes in the order of their commits, from a position on. */
export function changesFrom(reader: Reader, workspace: number, first: number, limit: number): Promise<FeedRow[]> {
  return reader.all(from, { workspace, from: first, limit })
}

export function newestChange(reader: Reader, workspace: number): Promise<Pick<FeedRow, 'position' | 'id'> | undefined> {
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
