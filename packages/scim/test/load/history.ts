import Database from 'better-sqlite3'
import { isPostgres } from '../../src/store/open.ts'
import { PREPARED } from './fixture.ts'
import { fileOf, rowsOf } from './truth.ts'

/** What a store holds of a group, read beside the service: the truth that answers have to agree with. */
export interface GroupFacts {
  readonly id: string
  readonly version: number
  readonly member_count: number
  /** Ids of its rows in memberships, ascending. */
  readonly members: string[]
  /** The same, from the changes alone. */
  readonly replayed: string[]
  /** Requests that changed it, the first apart, which made it. */
  readonly requests: number
  readonly changes: { kind: string; people: string[] }[]
}

interface ChangeFacts {
  readonly key: number
  readonly kind: string
  readonly request: string
  readonly people_count: number
}

interface PersonFacts {
  readonly change_key: number
  readonly id: string
  readonly operation: number | null
}

export async function groupFacts(database: string, id: string): Promise<GroupFacts | undefined> {
  const [group] = await rowsOf<{ key: number; id: string; version: number; member_count: number }>(
    database,
    `select key, id, version, member_count from scim_groups where id = '${id}'`,
  )
  if (!group) return undefined
  const members = await rowsOf<{ id: string }>(
    database,
    `select p.id from scim_groups g
    join scim_memberships m on m.workspace_id = g.workspace_id and m.group_key = g.key
    join scim_people p on p.workspace_id = m.workspace_id and p.key = m.person_key
    where g.id = '${id}' order by p.id`,
  )
  const rows = await changesOf(database, `c.group_key = ${group.key}`)
  const people = await peopleOf(database, `c.group_key = ${group.key}`)
  const changes = rows.map(({ key, kind, people_count }) => {
    const ids = (people.get(key) ?? []).map((person) => person.id).sort()
    if (ids.length !== people_count) throw new Error(`a change says ${people_count} people and has ${ids.length}`)
    return { kind, people: ids }
  })
  const creation = rows[0]?.request
  const requests = new Set(rows.map(({ request }) => request).filter((request) => request !== creation)).size
  const { key: _, ...facts } = group
  return { ...facts, members: members.map((member) => member.id), replayed: replay(changes), requests, changes }
}

/** The changes of a group's members, each with its people and the operations that moved them. */
export async function operationsOf(database: string, id: string): Promise<unknown[]> {
  const which = `c.group_id = '${id}' and c.kind like 'members_%'`
  const people = await peopleOf(database, which)
  const rows = await changesOf(database, which)
  return rows.map(({ key, kind }) => [kind, (people.get(key) ?? []).map((one) => [one.id, one.operation])])
}

function changesOf(database: string, which: string): Promise<ChangeFacts[]> {
  return rowsOf(
    database,
    `select c.key, c.kind, c.request, c.people_count from scim_changes c where ${which} order by c.key`,
  )
}

async function peopleOf(database: string, which: string): Promise<Map<number, PersonFacts[]>> {
  const rows = await rowsOf<PersonFacts>(
    database,
    `select x.change_key, p.id, coalesce(x.operation, c.operation) as operation from scim_changes c
    join scim_change_people x on x.workspace_id = c.workspace_id and x.change_key = c.key
    join scim_people p on p.workspace_id = x.workspace_id and p.key = x.person_key
    where ${which} order by x.change_key, x.person_key`,
  )
  return Map.groupBy(rows, ({ change_key }) => change_key)
}

/** Refuses a history that adds who is in, or removes who is not. */
function replay(changes: readonly { kind: string; people: readonly string[] }[]): string[] {
  const members = new Set<string>()
  for (const { kind, people } of changes) {
    for (const person of people) {
      if (kind === 'members_added' && members.has(person)) throw new Error(`${person} was added twice`)
      if (kind === 'members_added') members.add(person)
      if (kind === 'members_removed' && !members.delete(person)) throw new Error(`${person} was removed twice`)
    }
  }
  return [...members].sort()
}

/** How many people a row of a change stands for: one, where it says nothing; none, where there is no row. */
const COPIES = 'case when x.person_key is null then 0 else coalesce(x.copies, 1) end'

/** What no store may hold, whatever was written to it and whoever was stopped meanwhile. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  member_count: `
    select g.id, g.member_count, count(m.person_key) as members from scim_groups g
    left join scim_memberships m on m.workspace_id = g.workspace_id and m.group_key = g.key
    group by g.workspace_id, g.key, g.id, g.member_count having g.member_count <> count(m.person_key)`,
  // Who becomes known behind an id, or gets another, may or may not change what members read as: not counted here.
  version: `
    select g.id, g.version, count(distinct c.request) as requests from scim_groups g
    join scim_changes c on c.workspace_id = g.workspace_id and c.group_key = g.key
    group by g.workspace_id, g.key, g.id, g.version
    having g.version <> count(distinct c.request) and count(case when c.kind = 'members_resolved' or c.request is null
      then 1 end) = 0`,
  // A pending person and the account that claimed it may both have been in a change: one row then stands for two.
  people_count: `
    select c.id, c.people_count, sum(${COPIES}) as people from scim_changes c
    left join scim_change_people x on x.workspace_id = c.workspace_id and x.change_key = c.key
    group by c.workspace_id, c.key, c.id, c.people_count having c.people_count <> sum(${COPIES})`,
  'membership of nobody': `
    select m.group_key, m.person_key from scim_memberships m
    left join scim_people p on p.workspace_id = m.workspace_id and p.key = m.person_key
    left join scim_groups g on g.workspace_id = m.workspace_id and g.key = m.group_key
    where p.key is null or g.key is null`,
  'change without activity': `
    select c.id from scim_changes c left join scim_activity a on a.workspace_id = c.workspace_id and a.id = c.request
    where c.request not like '${PREPARED}%' and a.id is null`,
  'membership that differs from its history': `
    select m.group_key, m.person_key from scim_memberships m
    left join scim_change_people x on x.workspace_id = m.workspace_id and x.person_key = m.person_key
    left join scim_changes c on c.workspace_id = x.workspace_id and c.key = x.change_key and c.group_key = m.group_key
    group by m.workspace_id, m.group_key, m.person_key
    having coalesce(sum(case c.kind when 'members_added' then 1 when 'members_removed' then -1 end), 0) <> 1`,
}

/** Two people who became one were added to a group both, and raised its version without a change of its own. */
function isOfClaims(found: string): boolean {
  return /^(version|membership that differs)/.test(found)
}

/** Everything that is redundant in a store agrees. Answers what does not; `claims`: whether people became one in it. */
export async function contradictions(database: string, { claims = false } = {}): Promise<string[]> {
  const found: string[] = []
  if (!isPostgres(database)) {
    const file = new Database(fileOf(database))
    const integrity = file.pragma('integrity_check', { simple: true })
    file.close()
    if (integrity !== 'ok') found.push(`integrity check: ${integrity}`)
  }
  for (const [name, sql] of Object.entries(CONTRADICTIONS)) {
    for (const row of await rowsOf(database, sql)) found.push(`${name}: ${JSON.stringify(row)}`)
  }
  return claims ? found.filter((one) => !isOfClaims(one)) : found
}
