import { GROUP_COLUMNS, type GroupRow } from './groups.ts'
import type { MemberRow } from './memberNames.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

const add = statement<{ person_key: number }>(`
  insert into {memberships} as m (workspace_id, group_key, person_key)
  select g.workspace_id, g.key, e.value from {groups} g cross join each(:people bigint) as e
  where g.workspace_id = :workspace and g.key = :group
  on conflict do nothing
  returning person_key`)
const remove = statement<{ person_key: number }>(`
  delete from {memberships} as m
  where m.workspace_id = :workspace and m.group_key = :group and among(m.person_key, :people bigint)
  returning person_key`)
const keys = statement<{ list: string | null }>(`
  select collect(m.person_key from {memberships} m where m.workspace_id = :workspace and m.group_key = :group) as list`)

/** Answers those that were no members before. */
export async function addMembers(
  writer: Writer,
  workspace: number,
  group: number,
  people: readonly number[],
): Promise<number[]> {
  const rows = await writer.all(add, { workspace, group, people })
  return rows.map((row) => row.person_key)
}

/** Answers those that were members. */
export async function removeMembers(
  writer: Writer,
  workspace: number,
  group: number,
  people: readonly number[],
): Promise<number[]> {
  const rows = await writer.all(remove, { workspace, group, people })
  return rows.map((row) => row.person_key)
}

export async function memberKeys(reader: Reader, workspace: number, group: number): Promise<number[]> {
  const row = await reader.get(keys, { workspace, group })
  return JSON.parse(row?.list ?? '[]') as number[]
}

const groupsOfPerson = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from {memberships} m
  join {groups} g on g.workspace_id = :workspace and g.key = m.group_key
  where m.workspace_id = :workspace and m.person_key = :person
  order by g.key`)
const groupsOfPersonLocked = statement<GroupRow>(`${groupsOfPerson.text} {lock g}`)
const groupsOfPeople = statement<{ person_key: number; id: string; display_name: string }>(`
  select m.person_key, g.id, g.display_name from each(:people bigint) as e
  find {memberships} m (m.workspace_id = :workspace and m.person_key = e.value)
  find {groups} g (g.workspace_id = :workspace and g.key = m.group_key)
  order by m.person_key, g.key`)
const countsOfPeople = statement<{ person_key: number; count: number }>(`
  select m.person_key, count(*) as count from each(:people bigint) as e
  find {memberships} m (m.workspace_id = :workspace and m.person_key = e.value)
  group by m.person_key`)

/**
 * The groups that a person is in, locked in the order of their keys. A statement that waited for a lock has its memberships
 * from before: which of them are still there, another says once all are locked.
 * New ones are kept away by a lock on the person, taken before.
 */
export async function lockGroupsOfPerson(writer: Writer, workspace: number, person: number): Promise<GroupRow[]> {
  if (writer.dialect.locksRows) await writer.all(groupsOfPersonLocked, { workspace, person })
  return writer.all(groupsOfPerson, { workspace, person })
}

export function groupsOf(
  reader: Reader,
  workspace: number,
  people: readonly number[],
): Promise<{ person_key: number; id: string; display_name: string }[]> {
  return reader.all(groupsOfPeople, { workspace, people })
}

/** How many groups each person is in; who is in none is missing. */
export async function groupCounts(
  reader: Reader,
  workspace: number,
  people: readonly number[],
): Promise<Map<number, number>> {
  const rows = await reader.all(countsOfPeople, { workspace, people })
  return new Map(rows.map(({ person_key, count }) => [person_key, count]))
}

const membershipsOfPeople = statement<{ group_key: number; person_key: number }>(`
  select m.group_key, m.person_key from each(:people bigint) as e
  find {memberships} m (m.workspace_id = :workspace and m.person_key = e.value)
  order by m.group_key, m.person_key`)
const groupsByKeys = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from each(:groups bigint) as e
  find {groups} g (g.workspace_id = :workspace and g.key = e.value)
  order by g.key`)

/** The memberships of several people, by group. */
export async function membershipsByGroup(
  reader: Reader,
  workspace: number,
  people: readonly number[],
): Promise<{ group: GroupRow; people: number[] }[]> {
  const byGroup = new Map<number, number[]>()
  for (const { group_key, person_key } of await reader.all(membershipsOfPeople, { workspace, people })) {
    const list = byGroup.get(group_key)
    if (list) list.push(person_key)
    else byGroup.set(group_key, [person_key])
  }
  if (byGroup.size === 0) return []
  const groups = await reader.all(groupsByKeys, { workspace, groups: [...byGroup.keys()] })
  return groups.map((group) => ({ group, people: byGroup.get(group.key) ?? [] }))
}

const members = statement<MemberRow & { suspended: number }>(`
  select p.key, p.id, p.state, p.shown_name, p.suspended from {memberships} m
  join {people} p on p.workspace_id = :workspace and p.key = m.person_key
  where m.workspace_id = :workspace and m.group_key = :group and m.person_key > :after
  order by m.person_key limit :limit`)

/** Members in the order of their keys, after the key `after`. */
export function membersPage(
  reader: Reader,
  workspace: number,
  group: number,
  { after, limit }: { after: number; limit: number },
): Promise<(MemberRow & { suspended: number })[]> {
  return reader.all(members, { workspace, group, after, limit })
}
