import { GROUP_COLUMNS, type GroupRow } from './groups.ts'
import type { MemberRow } from './memberNames.ts'
import { CALLED } from './peopleSearch.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'
import { inWindows, WINDOW } from './windows.ts'

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
  select collect(m.person_key) as list from {memberships} m
  where m.workspace_id = :workspace and m.group_key = :group`)

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

/** A member as admins see it. */
export interface ShownMemberRow extends MemberRow {
  readonly suspended: number
  readonly user_name: string | null
  readonly display_name: string | null
  readonly emails: string | null
  readonly record: string | null
}

const membersEnd = statement<{ key: number }>(`
  select m.person_key as key from {memberships} m
  where m.workspace_id = :workspace and m.group_key = :group and m.person_key > :after
  order by m.person_key limit :one offset :window`)
const members = statement<ShownMemberRow>(`
  select p.key, p.id, p.state, p.shown_name, p.suspended, p.user_name, p.display_name, p.emails, p.record
  from {memberships} m
  find {people} p (p.workspace_id = :workspace and p.key = m.person_key)
  where m.workspace_id = :workspace and m.group_key = :group and m.person_key > :after
    and (:end = 0 or m.person_key <= :end) and ${CALLED}
  order by m.person_key limit :limit`)

/** Windows of members that a search looks through in one call. */
const SEARCHED = 20

/**
 * Members in the order of their keys, after the key `after`, whose name contains `search`, which is folded. Where it looked
 * through 100,000 without finding enough, the page is short and has a `next`.
 */
export function membersPage(
  reader: Reader,
  workspace: number,
  group: number,
  { search, after, limit }: { search: string; after: number; limit: number },
): Promise<{ rows: ShownMemberRow[]; next: number | undefined }> {
  const asked = { workspace, group }
  return inWindows<ShownMemberRow, number>(
    {
      end: async (from) =>
        search === ''
          ? undefined
          : (await reader.get(membersEnd, { ...asked, after: from, one: 1, window: WINDOW - 1 }))?.key,
      rows: (from, end, left) => reader.all(members, { ...asked, after: from, end: end ?? 0, search, limit: left }),
      place: ({ key }) => key,
    },
    { after, limit, most: SEARCHED },
  )
}

const ofPerson = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from {memberships} m
  find {groups} g (g.workspace_id = :workspace and g.key = m.group_key)
  where m.workspace_id = :workspace and m.person_key = :person
  order by g.name, g.key`)

/** Every group that names a person, in the order of the groups' names. */
export function groupsNaming(reader: Reader, workspace: number, person: number): Promise<GroupRow[]> {
  return reader.all(ofPerson, { workspace, person })
}
