import { insertion } from './insertion.ts'
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
  /** Effective memberships that it ended, where the guard counts them. */
  readonly lost: number | null
  /** JSON: what the kind has to say beside, such as the former name. */
  readonly details: string | null
}

/** A person of a change, with the operation of the request that named it: all of a change have one, or none has. */
export interface ChangePerson {
  readonly person: number
  readonly operation: number | null
}

const CHANGES = insertion(
  'changes',
  {
    id: 'text',
    at: 'bigint',
    kind: 'text',
    group_key: 'bigint',
    group_id: 'text',
    group_name: 'text',
    group_external_id: 'text',
    actor: 'text',
    actor_label: 'text',
    request: 'text',
    operation: 'bigint',
    people_count: 'bigint',
    lost: 'bigint',
    details: 'text',
  },
  { isKeyed: true },
)
const PEOPLE = insertion('change_people', { change_key: 'bigint', person_key: 'bigint', operation: 'bigint' })

/** Writes a change with its people, by the end of the transaction. */
export function recordChange(
  writer: Writer,
  { workspace, ...row }: ChangeRow,
  people: readonly ChangePerson[],
): Promise<void> {
  const rows = people.map(({ person, operation }) => ({
    person_key: person,
    operation: operation === row.operation ? null : operation,
  }))
  return writer.append({
    insertion: CHANGES,
    workspace,
    row,
    ...(rows.length > 0 && { parts: { insertion: PEOPLE, column: 'change_key', rows } }),
  })
}

/** Makes everybody who is suspended a person of the change. */
export async function recordSuspendedPeople(writer: Writer, { workspace, ...row }: ChangeRow): Promise<void> {
  const inserted = await writer.get(CHANGES.one, { ...row, workspace })
  if (inserted) await writer.run(insertSuspended, { workspace, change: inserted.key })
}

const countPeople = statement(`
  update {change_people} as x set copies = coalesce(x.copies, 1) + coalesce(f.copies, 1) from {change_people} f
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

const movePeople = statement(`
  update {change_people} set person_key = :into
  where workspace_id = :workspace and person_key = :from and change_key not in
    (select c.change_key from {change_people} c where c.workspace_id = :workspace and c.person_key = :into)`)
const dropPeople = statement('delete from {change_people} where workspace_id = :workspace and person_key = :from')

/** Makes one person's history another's; where a change names both, it names the other once, and counts for both. */
export async function moveHistory(writer: Writer, workspace: number, from: number, into: number): Promise<void> {
  await writer.flush()
  await writer.run(countPeople, { workspace, from, into })
  await writer.run(movePeople, { workspace, from, into })
  await writer.run(dropPeople, { workspace, from })
}
