import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export type ChangeKind =
  | 'group_created'
  | 'group_renamed'
  | 'group_external_id_changed'
  | 'group_deleted'
  | 'members_added'
  | 'members_removed'
  | 'members_resolved'
  | 'person_suspended'
  | 'person_resumed'
  | 'person_claimed'
  | 'person_removed'
  | 'group_released'
  | 'suspension_policy_changed'
  | 'unresolved_dismissed'

export interface ChangeRow {
  readonly workspace: number
  readonly id: string
  readonly at: number
  readonly kind: ChangeKind
  readonly group_key: number | null
  readonly group_id: string | null
  readonly group_name: string | null
  readonly group_external_id: string | null
  readonly actor: 'token' | 'admin' | 'host' | 'system'
  readonly actor_label: string
  readonly request: string | null
  readonly operation: number | null
  readonly people_count: number
  /** JSON: what the kind has to say beside, such as the former name. */
  readonly details: string | null
}

/** A person of a change, with the operation of the request that named it. */
export interface ChangePerson {
  readonly person: number
  readonly operation: number | null
}

const insert = statement<{ key: number }>(`
  insert into {changes} as c (workspace_id, id, at, kind, group_key, group_id, group_name, group_external_id,
    actor, actor_label, request, operation, people_count, details)
  values (:workspace, :id, :at, :kind, :group_key, :group_id, :group_name, :group_external_id,
    :actor, :actor_label, :request, :operation, :people_count, :details)
  returning key`)
const insertPeople = statement(`
  insert into {change_people} (workspace_id, change_key, person_key, operation)
  select c.workspace_id, c.key, e.person, e.operation
  from {changes} c cross join rows(:people person bigint, operation bigint) as e
  where c.workspace_id = :workspace and c.key = :change`)
const insertPerson = statement(`
  insert into {change_people} (workspace_id, change_key, person_key, operation)
  values (:workspace, :change, :person, :operation)`)

/** Answers the key of the change. */
export async function insertChange(writer: Writer, row: ChangeRow): Promise<number> {
  const inserted = await writer.get(insert, { ...row })
  return (inserted as { key: number }).key
}

export async function insertChangePeople(
  writer: Writer,
  workspace: number,
  change: number,
  people: readonly ChangePerson[],
): Promise<void> {
  const [first] = people
  if (first && people.length === 1) {
    await writer.run(insertPerson, { workspace, change, person: first.person, operation: first.operation })
    return
  }
  await writer.run(insertPeople, {
    workspace,
    change,
    people: people.map(({ person, operation }) => ({ person, operation })),
  })
}

const countPeople = statement(`
  update {change_people} as x set copies = x.copies + f.copies from {change_people} f
  where x.workspace_id = :workspace and x.person_key = :into
    and f.workspace_id = :workspace and f.person_key = :from and f.change_key = x.change_key`)
const countSuspended = statement<{ count: number }>(`
  select count(*) as count from {people} p where p.workspace_id = :workspace and p.suspended = 1`)
const insertSuspended = statement(`
  insert into {change_people} (workspace_id, change_key, person_key, operation)
  select p.workspace_id, :change, p.key, null from {people} p
  where p.workspace_id = :workspace and p.suspended = 1`)

/** How many people of a workspace are suspended, whatever the policy says of it. */
export async function suspendedCount(reader: Reader, workspace: number): Promise<number> {
  return (await reader.get(countSuspended, { workspace }))?.count ?? 0
}

/** Makes everybody who is suspended a person of the change. */
export async function insertSuspendedPeople(writer: Writer, workspace: number, change: number): Promise<void> {
  await writer.run(insertSuspended, { workspace, change })
}

const movePeople = statement(`
  update {change_people} set person_key = :into
  where workspace_id = :workspace and person_key = :from and change_key not in
    (select c.change_key from {change_people} c where c.workspace_id = :workspace and c.person_key = :into)`)
const dropPeople = statement('delete from {change_people} where workspace_id = :workspace and person_key = :from')

/** Makes one person's history another's; where a change names both, it names the other once, and counts for both. */
export async function moveHistory(writer: Writer, workspace: number, from: number, into: number): Promise<void> {
  await writer.run(countPeople, { workspace, from, into })
  await writer.run(movePeople, { workspace, from, into })
  await writer.run(dropPeople, { workspace, from })
}
