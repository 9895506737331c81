import { type ChangeKind, type ChangePerson, recordChange } from '../../store/changes.ts'
import { insertFormerGroup } from '../../store/formerGroups.ts'
import type { GroupRow } from '../../store/groups.ts'
import type { Writer } from '../../store/store.ts'
import { type Call, changeOf } from '../call.ts'

type Details = Readonly<Record<string, string | null>>

interface GroupChange {
  readonly kind: ChangeKind
  readonly people?: readonly ChangePerson[]
  readonly details?: Details
  /** Effective memberships that it ended, where the guard counts them. */
  readonly lost?: number | null
}

/** One change for each call, group and kind; without people there is none of a kind that is about people. */
export async function recordGroupChange(
  writer: Writer,
  call: Call,
  group: GroupRow,
  { kind, people = [], details, lost = null }: GroupChange,
): Promise<void> {
  const change = {
    ...changeOf(call, kind),
    ...groupPart(group),
    operation: people[0]?.operation ?? null,
    people_count: people.length,
    lost,
    details: details ? JSON.stringify(details) : null,
  }
  await recordChange(writer, change, people)
  if (lost) writer.held?.addLost(group.key, lost)
}

export async function recordMembers(
  writer: Writer,
  call: Call,
  group: GroupRow,
  moved: { readonly added: readonly ChangePerson[]; readonly removed: readonly ChangePerson[] },
  lost: number | null,
): Promise<void> {
  if (moved.removed.length > 0)
    await recordGroupChange(writer, call, group, { kind: 'members_removed', people: moved.removed, lost })
  if (moved.added.length > 0)
    await recordGroupChange(writer, call, group, { kind: 'members_added', people: moved.added })
}

/** The end of a group, with all who were in it. */
export async function recordGroupDeleted(
  writer: Writer,
  call: Call,
  group: GroupRow,
  members: readonly ChangePerson[],
  lost: number | null,
): Promise<void> {
  await recordGroupChange(writer, call, group, { kind: 'group_deleted', people: members, lost })
  await insertFormerGroup(writer, call.workspace.key, group, call.at)
}

function groupPart(group: GroupRow) {
  return {
    group_key: group.key,
    group_id: group.id,
    group_name: group.display_name,
    group_external_id: group.external_id,
  }
}
