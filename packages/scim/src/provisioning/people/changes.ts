import { type ChangeKind, recordChange } from '../../store/changes.ts'
import { touchGroup } from '../../store/groups.ts'
import { lockGroupsOfPerson, removeMembers } from '../../store/memberships.ts'
import type { Writer } from '../../store/store.ts'
import { type Call, changeOf } from '../call.ts'
import { recordGroupChange } from '../groups/changes.ts'
import { lossOfPerson } from '../guard/losses.ts'

/** A change of people rather than of a group. */
export async function recordPeopleChange(
  writer: Writer,
  call: Call,
  kind: ChangeKind,
  people: readonly number[],
  details?: Readonly<Record<string, string | null>>,
): Promise<void> {
  if (people.length === 0) return
  const change = {
    ...changeOf(call, kind),
    group_key: null,
    group_id: null,
    group_name: null,
    group_external_id: null,
    operation: null,
    people_count: people.length,
    lost: null,
    details: details ? JSON.stringify(details) : null,
  }
  await recordChange(
    writer,
    change,
    people.map((person) => ({ person, operation: null })),
  )
}

/** Raises the version of every group that a person is in. */
export async function touchGroupsOf(writer: Writer, call: Call, person: number): Promise<void> {
  const workspace = call.workspace.key
  for (const group of await lockGroupsOfPerson(writer, workspace, person))
    await touchGroup(writer, workspace, { ...group, version: group.version + 1, updated_at: call.at })
}

/** Why a person left groups that nobody took the person out of. */
export type LeaveReason = 'person_deleted' | 'person_erased'

/** Takes a person out of every group; answers how many there were. */
export async function leaveGroups(writer: Writer, call: Call, person: number, because: LeaveReason): Promise<number> {
  const workspace = call.workspace.key
  const groups = await lockGroupsOfPerson(writer, workspace, person)
  const lost = await lossOfPerson(writer, call, groups, person)
  for (const group of groups) {
    await removeMembers(writer, workspace, group.key, [person])
    const people = [{ person, operation: null }]
    await recordGroupChange(writer, call, group, { kind: 'members_removed', people, details: { because }, lost })
    await touchGroup(writer, workspace, {
      ...group,
      version: group.version + 1,
      member_count: group.member_count - 1,
      updated_at: call.at,
    })
  }
  return groups.length
}
