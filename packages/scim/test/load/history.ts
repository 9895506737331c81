import Database from 'better-sqlite3'
import { PREPARED } from './fixture.ts'

/** What a store file says of its groups, read beside the service: the truth that answers have to agree with. */
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
  readonly kind: string
  readonly request: string
  readonly people: string
  readonly people_count: number
}

export function groupFacts(file: string, id: string): GroupFacts | undefined {
  const database = new Database(file, { readonly: true })
  try {
    const group = database.prepare('select key, id, version, member_count from scim_groups where id = ?').get(id) as
      | { key: number; id: string; version: number; member_count: number }
      | undefined
    if (!group) return undefined
    const members = database
      .prepare(
        'select p.id from scim_memberships m join scim_people p on p.key = m.person_key where m.workspace_id = 1 and m.group_key = ? order by 1',
      )
      .pluck()
      .all(group.key) as string[]
    const rows = database
      .prepare(
        `select c.kind, c.request, c.people_count,
          (select json_group_array(p.id) from scim_change_people x join scim_people p on p.key = x.person_key
            where x.workspace_id = c.workspace_id and x.change_key = c.key) as people
        from scim_changes c where c.workspace_id = 1 and c.group_key = ? order by c.key`,
      )
      .all(group.key) as ChangeFacts[]
    const changes = rows.map(({ kind, people, people_count }) => {
      const ids = (JSON.parse(people) as string[]).sort()
      if (ids.length !== people_count) throw new Error(`a change says ${people_count} people and has ${ids.length}`)
      return { kind, people: ids }
    })
    const creation = rows[0]?.request
    const requests = new Set(rows.map(({ request }) => request).filter((request) => request !== creation)).size
    const { key: _, ...facts } = group
    return { ...facts, members, replayed: replay(changes), requests, changes }
  } finally {
    database.close()
  }
}

/** The changes of a group's members, each with its people and the operations that moved them. */
export function operationsOf(file: string, id: string): unknown[] {
  const database = new Database(file, { readonly: true })
  const rows = database
    .prepare(
      `select c.kind, (select json_group_array(json_array(p.id, x.operation)) from scim_change_people x
          join scim_people p on p.key = x.person_key
          where x.workspace_id = c.workspace_id and x.change_key = c.key) as people
      from scim_changes c where c.workspace_id = 1 and c.group_id = ? and c.kind like 'members_%' order by c.key`,
    )
    .all(id) as { kind: string; people: string }[]
  database.close()
  return rows.map(({ kind, people }) => [kind, JSON.parse(people)])
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

/** Everything that is redundant in a store agrees. Answers what does not. */
export function contradictions(file: string): string[] {
  const database = new Database(file)
  const found: string[] = []
  const expectNone = (name: string, sql: string): void => {
    for (const row of database.prepare(sql).all()) found.push(`${name}: ${JSON.stringify(row)}`)
  }
  const integrity = database.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') found.push(`integrity check: ${integrity}`)
  expectNone(
    'member_count',
    `select g.id, g.member_count, (select count(*) from scim_memberships m where m.workspace_id = g.workspace_id and m.group_key = g.key) as rows
    from scim_groups g where g.member_count <>
      (select count(*) from scim_memberships m where m.workspace_id = g.workspace_id and m.group_key = g.key)`,
  )
  // Who becomes known behind an id may or may not change what members read as: not counted here.
  expectNone(
    'version',
    `select g.id, g.version, count(distinct c.request) as requests from scim_groups g
    join scim_changes c on c.workspace_id = g.workspace_id and c.group_key = g.key group by g.key
    having g.version <> count(distinct c.request) and sum(c.kind = 'members_resolved') = 0`,
  )
  expectNone(
    'people_count',
    `select c.id, c.people_count from scim_changes c where c.people_count <>
      (select count(*) from scim_change_people p where p.workspace_id = c.workspace_id and p.change_key = c.key)`,
  )
  expectNone(
    'membership of nobody',
    `select m.* from scim_memberships m left join scim_people p on p.key = m.person_key
    left join scim_groups g on g.key = m.group_key where p.key is null or g.key is null`,
  )
  expectNone(
    'change without activity',
    `select c.id from scim_changes c left join scim_activity a on a.workspace_id = c.workspace_id and a.id = c.request
    where c.request not like '${PREPARED}%' and a.id is null`,
  )
  expectNone(
    'membership that differs from its history',
    `select m.group_key, m.person_key from scim_memberships m join scim_groups g on g.key = m.group_key
    where 1 <> (select sum(case c.kind when 'members_added' then 1 when 'members_removed' then -1 end)
      from scim_changes c join scim_change_people p on p.workspace_id = c.workspace_id and p.change_key = c.key
      where p.workspace_id = m.workspace_id and p.person_key = m.person_key and c.group_key = m.group_key)`,
  )
  database.close()
  return found
}
