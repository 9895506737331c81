import { createHash } from 'node:crypto'
import { toDateTime } from '../../base/clock.ts'
import type { ChangePerson } from '../../store/changes.ts'
import { type GroupRow, groupById, lockGroup, touchGroup } from '../../store/groups.ts'
import { lastChangeAt } from '../../store/history.ts'
import { memberNames } from '../../store/memberNames.ts'
import { addMembers, memberKeys, removeMembers } from '../../store/memberships.ts'
import { type PersonState, PersonState as State, unknownAmong } from '../../store/people.ts'
import { lockPeople } from '../../store/personLocks.ts'
import { inPieces, inPiecesFlat } from '../../store/pieces.ts'
import type { Reader, Writer } from '../../store/store.ts'
import { type Call, type Context, groupScope } from '../call.ts'
import { recordGroupChange } from '../groups/changes.ts'
import { membersAfter } from './membersAt.ts'
import { HistoryRefused, unknownGroup } from './refused.ts'
import type { GroupSubject } from './subjects.ts'

/** What restoring a group's members comes to, by keys of people. */
export interface Plan {
  readonly group: GroupRow
  readonly at: number
  readonly added: readonly number[]
  readonly removed: readonly number[]
  /** Members of then behind whose ids nobody stands any more: they are not added. */
  readonly missing: readonly number[]
  /** Fits as long as the group and the people are as they are now. */
  readonly key: string
}

export interface Restored {
  readonly added: number
  readonly removed: number
  readonly version: number
}

/** Compares the members of a moment with those of now. */
export async function planRestore(reader: Reader, workspace: number, subject: GroupSubject, at: number): Promise<Plan> {
  if (subject.deletedAt !== null) throw deletedGroup(subject)
  const group = await groupById(reader, workspace, subject.id)
  if (!group) throw unknownGroup(subject.id)
  const then = await membersAfter(reader, workspace, group, await lastChangeAt(reader, workspace, group.key, at))
  const now = await memberKeys(reader, workspace, group.key)
  const [was, is] = [new Set(then), new Set(now)]
  const wanted = then.filter((key) => !is.has(key))
  const states = await statesOf(reader, workspace, wanted)
  const added = wanted.filter((key) => (states.get(key) ?? State.removed) >= State.pending)
  const missing = wanted.filter((key) => (states.get(key) ?? State.removed) < State.pending)
  const removed = now.filter((key) => !was.has(key)).sort((left, right) => left - right)
  return { group, at, added, removed, missing, key: keyOf(group, at, added, removed) }
}

/** Applies a plan as one delta, in the name of whoever calls; the group's name stays. */
export async function restore(
  context: Context,
  call: Call,
  subject: GroupSubject,
  at: number,
  confirm: string,
): Promise<Restored> {
  const plan = await planRestore(context.store, call.workspace.key, subject, at)
  if (plan.key !== confirm) throw outdated(subject)
  return context.store.write(
    async (writer) => {
      const group = await lockGroup(writer, call.workspace.key, subject.id)
      if (group?.version !== plan.group.version) throw outdated(subject)
      return apply(writer, call, group, plan)
    },
    groupScope(call, subject.id, plan.added.length + plan.removed.length),
  )
}

async function apply(writer: Writer, call: Call, group: GroupRow, plan: Plan): Promise<Restored> {
  const workspace = call.workspace.key
  const details = { restored: toDateTime(plan.at) }
  // People can go, and two become one, without a new version of a group that they are not in.
  await inPieces(plan.added, writer.dialect.piece, async (piece) => {
    await lockPeople(writer, workspace, piece)
    const known = await memberNames(writer, workspace, piece)
    const gone = await unknownAmong(writer, workspace, piece, 1)
    if (known.size < piece.length || gone.length > 0) throw outdated({ id: group.id })
  })
  const removed = await inPiecesFlat(plan.removed, writer.dialect.piece, (piece) =>
    removeMembers(writer, workspace, group.key, piece),
  )
  const added = await inPiecesFlat(plan.added, writer.dialect.piece, (piece) =>
    addMembers(writer, workspace, group.key, piece),
  )
  if (removed.length + added.length === 0) return { added: 0, removed: 0, version: group.version }
  for (const [kind, people] of [
    ['members_removed', removed],
    ['members_added', added],
  ] as const)
    if (people.length > 0) await recordGroupChange(writer, call, group, { kind, people: people.map(named), details })
  const version = group.version + 1
  const member_count = group.member_count - removed.length + added.length
  await touchGroup(writer, workspace, { ...group, version, member_count, updated_at: call.at })
  return { added: added.length, removed: removed.length, version }
}

function named(person: number): ChangePerson {
  return { person, operation: null }
}

async function statesOf(
  reader: Reader,
  workspace: number,
  people: readonly number[],
): Promise<Map<number, PersonState>> {
  const states = new Map<number, PersonState>()
  await inPieces(people, reader.dialect.piece, async (piece) => {
    for (const [key, { state }] of await memberNames(reader, workspace, piece)) states.set(key, state)
  })
  return states
}

function keyOf(group: GroupRow, at: number, added: readonly number[], removed: readonly number[]): string {
  const text = JSON.stringify([group.id, group.version, at, added, removed])
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function outdated({ id }: { readonly id: string }): HistoryRefused {
  return new HistoryRefused(
    'preview_outdated',
    `The preview of ${id} does not fit any more: the group or its people have changed since. Look at a new one.`,
    { id },
  )
}

function deletedGroup({ id, displayName }: GroupSubject): HistoryRefused {
  return new HistoryRefused(
    'group_deleted',
    `The group "${displayName}" (${id}) is deleted: there is nothing to restore its members to. Create it again first.`,
    { id, group: displayName },
  )
}
