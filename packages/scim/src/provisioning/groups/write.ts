import { ScimError } from '../../base/errors.ts'
import { fold } from '../../base/fold.ts'
import { newId } from '../../base/ids.ts'
import type { GroupOperation } from '../../protocol/patch/operation.ts'
import type { ChangePerson } from '../../store/changes.ts'
import {
  deleteGroup as deleteRow,
  type GroupRow,
  groupById,
  insertGroup,
  lockGroup,
  markManaged,
  touchGroup,
  updateGroup,
} from '../../store/groups.ts'
import { isLarge } from '../../store/pieces.ts'
import { breathe, type Writer } from '../../store/store.ts'
import { type Call, type Context, type Effect, groupScope, perform } from '../call.ts'
import { performGuarded } from '../guard/holds.ts'
import { Losses } from '../guard/losses.ts'
import { checkPrecondition, type Precondition } from '../precondition.ts'
import { recordGroupChange, recordGroupDeleted, recordMembers } from './changes.ts'
import { explainingConflicts } from './conflict.ts'
import { type Ahead, applyStep, lookUp, type Moved, removeEveryone } from './members.ts'
import { type Plan, planReplacement } from './plan.ts'
import { combine, named, namesIn, type Step, sizeOf } from './steps.ts'

export interface NewGroup {
  readonly displayName: string
  readonly externalId?: string | null | undefined
  readonly members?: readonly string[] | null | undefined
}

/** What is to become of a group; what is absent stays as it is. */
export interface GroupEdit {
  readonly displayName?: string | undefined
  readonly externalId?: string | null | undefined
  readonly steps: readonly Step[]
}

export interface Written {
  readonly group: GroupRow
  readonly changed: boolean
  readonly effect: Effect
}

/** Refuses a name or externalId that is taken with 409. */
export async function createGroup(context: Context, call: Call, wanted: NewGroup): Promise<Written> {
  const steps: Step[] = wanted.members?.length ? [{ kind: 'replace', wanted: named(wanted.members, null) }] : []
  const id = newId('grp', call.at)
  const create = async (writer: Writer): Promise<Written> => {
    const group = await insertGroup(writer, {
      workspace: call.workspace.key,
      id,
      external_id: wanted.externalId ?? null,
      display_name: wanted.displayName,
      name: fold(wanted.displayName),
      managed: managedBy(call),
      at: call.at,
    })
    if (!group) throw new ScimError('token_unknown')
    await recordGroupChange(writer, call, group, { kind: 'group_created' })
    const moved = await applySteps(writer, context, call, group, steps, {})
    const filled = { ...group, member_count: moved.added.length }
    if (moved.added.length > 0) await touchGroup(writer, call.workspace.key, filled)
    const { version } = filled
    const added = moved.added.length
    const effect: Effect = { groupId: group.id, created: true, added, members: [0, added], version }
    return { group: filled, changed: true, effect }
  }
  const scope = groupScope(call, id, wanted.members?.length)
  return explainingConflicts(context, call, wanted, () => perform(context, call, create, scope))
}

/** PATCH: the operations in their order, all or nothing (RFC 7644 §3.5.2). */
export function modifyGroup(
  context: Context,
  call: Call,
  id: string,
  operations: readonly GroupOperation[],
  precondition: Precondition,
): Promise<Written> {
  return editGroup(context, call, id, toEdit(operations), precondition)
}

export function toEdit(operations: readonly GroupOperation[]): GroupEdit {
  let displayName: string | undefined
  let externalId: string | null | undefined
  for (const operation of operations) {
    if (operation.kind === 'setDisplayName') displayName = operation.displayName
    if (operation.kind === 'setExternalId') externalId = operation.externalId
  }
  return { displayName, externalId, steps: combine(operations) }
}

/** What a write asks of the group, within the transaction; refuses by an error. */
export type Guard = (group: GroupRow) => void

/** Changes a group. What is so already is success without a new version and without a change. */
export async function editGroup(
  context: Context,
  call: Call,
  id: string,
  edit: GroupEdit,
  precondition: Precondition,
  guard: Guard = () => {},
): Promise<Written> {
  const plan = await planAhead(context, call, id, edit)
  const write = async (writer: Writer): Promise<Written> => {
    const locked = lockGroup(writer, call.workspace.key, id)
    const known = knownAhead(writer, call, edit.steps)
    const group = await locked
    if (!group) throw new ScimError('group_unknown', { id })
    checkPrecondition(precondition, group.version)
    guard(group)
    const moved = await applySteps(writer, context, call, group, edit.steps, { plan, known })
    return writeEdited(writer, call, group, edit, moved)
  }
  const scope = groupScope(call, id, sizeOf(edit.steps), namesIn(edit.steps))
  return explainingConflicts(context, call, edit, () => performGuarded(context, call, write, scope))
}

/** Whoever was in the group is in the history of its end. */
export function deleteGroup(
  context: Context,
  call: Call,
  id: string,
  precondition: Precondition,
  guard: Guard = () => {},
): Promise<Written> {
  const remove = async (writer: Writer): Promise<Written> => {
    const group = await lockGroup(writer, call.workspace.key, id)
    if (!group) throw new ScimError('group_unknown', { id })
    checkPrecondition(precondition, group.version)
    guard(group)
    const losses = new Losses(writer, call, group, 'group_deleted')
    const members = await removeEveryone(writer, call, group, losses)
    await recordGroupDeleted(writer, call, group, members, losses.count)
    await deleteRow(writer, call.workspace.key, group.key)
    const removed = group.member_count
    return { group, changed: true, effect: { groupId: group.id, deleted: true, removed, members: [removed, 0] } }
  }
  return performGuarded(context, call, remove, groupScope(call, id))
}

/** Comparing two large sets takes long; done before the transaction, it holds if the group has not changed since. */
async function planAhead(context: Context, call: Call, id: string, edit: GroupEdit): Promise<Plan | undefined> {
  const [first] = edit.steps
  if (first?.kind !== 'replace' || !isLarge(first.wanted.size)) return undefined
  // Reading so large a body took its time.
  await breathe()
  const group = await groupById(context.store, call.workspace.key, id)
  return group && planReplacement(context.store, call.workspace.key, group, first)
}

/** For the first step, where it is a small change. */
function knownAhead(writer: Writer, call: Call, steps: readonly Step[]): Ahead['known'] {
  const [first] = steps
  if (first?.kind !== 'delta' || isLarge(sizeOf([first]))) return undefined
  const known = lookUp(writer, call, first)
  // A group that is not there, or not as it should be, is told first.
  known.catch(() => {})
  return known
}

interface Moves extends Moved {
  /** Members there are now. */
  readonly count: number
}

async function applySteps(
  writer: Writer,
  context: Context,
  call: Call,
  group: GroupRow,
  steps: readonly Step[],
  { plan, known }: Ahead,
): Promise<Moves> {
  const losses = new Losses(writer, call, group, 'members_removed')
  const all: Moved[] = []
  let count = group.member_count
  for (const [index, step] of steps.entries()) {
    const fits = plan?.version === group.version ? plan : undefined
    const ahead = index > 0 ? {} : { known, plan: fits, losses: steps.length === 1 ? losses : undefined }
    const moved = await applyStep(writer, context, call, { ...group, member_count: count }, step, ahead)
    count += moved.added.length - moved.removed.length
    all.push(moved)
  }
  const net = netOf(all)
  // What one step takes another may give back: of several, only the end shows what is lost.
  if (steps.length > 1) await losses.after(net.removed)
  await recordMembers(writer, call, group, net, losses.count)
  return { ...net, count }
}

/** Who was added by one step and removed by another has not moved. */
function netOf(all: readonly Moved[]): Moved {
  if (all.length <= 1) return all[0] ?? { added: [], removed: [] }
  const net = new Map<number, { balance: number; last: ChangePerson }>()
  const count = (people: readonly ChangePerson[], sign: 1 | -1): void => {
    for (const last of people) net.set(last.person, { balance: (net.get(last.person)?.balance ?? 0) + sign, last })
  }
  for (const { added, removed } of all) {
    count(removed, -1)
    count(added, 1)
  }
  const moves = [...net.values()]
  return {
    added: moves.filter(({ balance }) => balance > 0).map(({ last }) => last),
    removed: moves.filter(({ balance }) => balance < 0).map(({ last }) => last),
  }
}

async function writeEdited(
  writer: Writer,
  call: Call,
  group: GroupRow,
  edit: GroupEdit,
  moved: Moves,
): Promise<Written> {
  const displayName = edit.displayName ?? group.display_name
  const externalId = edit.externalId === undefined ? group.external_id : edit.externalId
  const renamed = displayName !== group.display_name
  const relinked = externalId !== group.external_id
  const managed = Math.max(group.managed, managedBy(call))
  if (!renamed && !relinked && moved.added.length === 0 && moved.removed.length === 0) {
    if (managed !== group.managed) await markManaged(writer, call.workspace.key, group.key, managed)
    return { group: { ...group, managed }, changed: false, effect: { groupId: group.id, version: group.version } }
  }
  const edited: GroupRow = {
    ...group,
    display_name: displayName,
    name: fold(displayName),
    external_id: externalId,
    managed,
    version: group.version + 1,
    member_count: moved.count,
    updated_at: call.at,
  }
  if (renamed || relinked) await updateGroup(writer, call.workspace.key, edited)
  else await touchGroup(writer, call.workspace.key, edited)
  if (renamed) {
    const details = { from: group.display_name, to: displayName }
    await recordGroupChange(writer, call, edited, { kind: 'group_renamed', details })
  }
  if (relinked) {
    const details = { from: group.external_id, to: externalId }
    await recordGroupChange(writer, call, edited, { kind: 'group_external_id_changed', details })
  }
  return { group: edited, changed: true, effect: effectOf(group, edited, moved) }
}

function effectOf(before: GroupRow, after: GroupRow, moved: Moves): Effect {
  return {
    groupId: after.id,
    ...(before.display_name !== after.display_name && { renamed: [before.display_name, after.display_name] as const }),
    ...(before.external_id !== after.external_id && { externalId: [before.external_id, after.external_id] as const }),
    ...(moved.added.length > 0 && { added: moved.added.length }),
    ...(moved.removed.length > 0 && { removed: moved.removed.length }),
    ...(moved.added.length + moved.removed.length > 0 && { members: [before.member_count, moved.count] as const }),
    version: after.version,
  }
}

function managedBy(call: Call): number {
  return call.actor.kind === 'token' ? 1 : 0
}
