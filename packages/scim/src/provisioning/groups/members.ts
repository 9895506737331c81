import { ScimError } from '../../base/errors.ts'
import type { ChangePerson } from '../../store/changes.ts'
import type { GroupRow } from '../../store/groups.ts'
import { addMembers, memberKeys, removeMembers } from '../../store/memberships.ts'
import { type KnownId, knownIds, knownIdsHeld, recordUnresolved, unknownAmong } from '../../store/people.ts'
import { inPieces } from '../../store/pieces.ts'
import { matchingMembers } from '../../store/query/matchingMembers.ts'
import type { Writer } from '../../store/store.ts'
import type { Call, Context } from '../call.ts'
import type { Losses } from '../guard/losses.ts'
import { type Plan, planReplacement, replaced } from './plan.ts'
import type { Named, Step } from './steps.ts'
import { withoutTwins } from './twins.ts'

/** Ids named in an error at the most. */
const NAMED_LIMIT = 20

/** What a step did to the membership. */
export interface Moved {
  readonly added: readonly ChangePerson[]
  readonly removed: readonly ChangePerson[]
}

/** What is known of a step before the group is. */
export interface Ahead {
  readonly plan?: Plan | undefined
  readonly known?: Promise<Known> | undefined
  /** Where nothing is written before the step. */
  readonly losses?: Losses | undefined
}

type Known = ReadonlyMap<string, KnownId>

/**
 * Whom the ids of a step mean. Asked for together with the group, it is answered with it: the way to the server is most of
 * the time that a small change takes.
 */
export async function lookUp(
  writer: Writer,
  call: Call,
  { added, removed }: Extract<Step, { kind: 'delta' }>,
): Promise<Known> {
  const all = new Map<string, KnownId>()
  await inPieces([...added.keys(), ...removed.keys()], writer.dialect.piece, async (piece) => {
    for (const [id, row] of await knownIdsHeld(writer, call.workspace.key, piece)) all.set(id, row)
  })
  return all
}

export async function applyStep(
  writer: Writer,
  context: Context,
  call: Call,
  group: GroupRow,
  step: Step,
  ahead: Ahead,
): Promise<Moved> {
  const { plan, known, losses } = ahead
  switch (step.kind) {
    case 'delta': {
      const people = (await known) ?? (await lookUp(writer, call, step))
      const delta = await withoutTwins(step, async () => people)
      const removed = await removeNamed(writer, call, group, { ids: delta.removed, known: people, losses })
      return { removed, added: await addNamed(writer, call, group, delta.added, people) }
    }
    case 'replace':
      return replaceMembers(writer, call, group, step, { plan, losses })
    case 'removeMatching': {
      const people = await matchingMembers(writer, call.workspace.key, group.key, step.filter, context.baseUrl)
      const removed = people.map((person) => ({ person, operation: step.index }))
      return { added: [], removed: await removePeople(writer, call, group, removed, losses) }
    }
  }
}

async function replaceMembers(
  writer: Writer,
  call: Call,
  group: GroupRow,
  step: Extract<Step, { kind: 'replace' }>,
  { plan, losses }: Pick<Ahead, 'plan' | 'losses'>,
): Promise<Moved> {
  if (group.member_count === 0) {
    const find = (ids: readonly string[]) => knownIds(writer, call.workspace.key, ids)
    const { added } = await withoutTwins(replaced(step), find, writer.dialect.piece)
    return { removed: [], added: await addNamed(writer, call, group, added) }
  }
  const { added, removed } = plan ?? (await planReplacement(writer, call.workspace.key, group, step))
  return {
    removed: await removePeople(writer, call, group, removed, losses),
    added: await addNamed(writer, call, group, added),
  }
}

/** Answers those who were no members. */
async function addNamed(
  writer: Writer,
  call: Call,
  group: GroupRow,
  ids: Named,
  known?: Known,
): Promise<readonly ChangePerson[]> {
  const added: ChangePerson[] = []
  await inPieces(ids, writer.dialect.piece, async (piece) => {
    const people = await peopleNamed(writer, call, piece, known)
    for (const key of await addMembers(writer, call.workspace.key, group.key, [...people.keys()])) {
      added.push(people.get(key) as ChangePerson)
    }
  })
  if (call.workspace.unknown_members === 'reject') await refuseUnknown(writer, call, added)
  return added
}

function removeNamed(
  writer: Writer,
  call: Call,
  group: GroupRow,
  { ids, known, losses }: { readonly ids: Named; readonly known: Known; readonly losses?: Losses | undefined },
): Promise<readonly ChangePerson[]> | readonly ChangePerson[] {
  if (group.member_count === 0) return []
  return removePeople(writer, call, group, [...byKey(known, [...ids]).values()], losses)
}

/** Answers those who were members. */
async function removePeople(
  writer: Writer,
  call: Call,
  group: GroupRow,
  people: readonly ChangePerson[],
  losses: Losses | undefined,
): Promise<readonly ChangePerson[]> {
  await losses?.before(people)
  const removed: ChangePerson[] = []
  await inPieces(people, writer.dialect.piece, async (piece) => {
    const keys = piece.map(({ person }) => person)
    const gone = new Set(await removeMembers(writer, call.workspace.key, group.key, keys))
    for (const one of piece) if (gone.delete(one.person)) removed.push(one)
  })
  return removed
}

export async function removeEveryone(
  writer: Writer,
  call: Call,
  group: GroupRow,
  losses: Losses,
): Promise<readonly ChangePerson[]> {
  if (group.member_count === 0) return []
  const keys = await memberKeys(writer, call.workspace.key, group.key)
  const people = keys.map((person) => ({ person, operation: null }))
  return removePeople(writer, call, group, people, losses)
}

/** Under the policy "reject"; what was added in this transaction is rolled back with it. */
async function refuseUnknown(writer: Writer, call: Call, added: readonly ChangePerson[]): Promise<void> {
  const unknown: string[] = []
  await inPieces(added, writer.dialect.piece, async (piece) => {
    const missing = NAMED_LIMIT + 1 - unknown.length
    if (missing <= 0) return
    const people = piece.map(({ person }) => person)
    unknown.push(...(await unknownAmong(writer, call.workspace.key, people, missing)))
  })
  if (unknown.length === 0) return
  const shown = unknown.slice(0, NAMED_LIMIT).join(', ')
  throw new ScimError('members_unknown', { ids: shown, others: Math.max(0, unknown.length - NAMED_LIMIT) })
}

type NamedPiece = readonly (readonly [id: string, operation: number | null])[]

/** The people behind the ids, by key; an id that is unknown gets a row of its own, as unresolved. */
async function peopleNamed(
  writer: Writer,
  call: Call,
  ids: NamedPiece,
  found?: Known,
): Promise<Map<number, ChangePerson>> {
  const workspace = call.workspace.key
  const known = new Map(found ?? (await knownIdsHeld(writer, workspace, ids.map(idOf))))
  const strangers = ids.map(idOf).filter((id) => !known.has(id))
  if (strangers.length > 0) {
    for (const row of await recordUnresolved(writer, workspace, strangers, call.at)) known.set(row.id, row)
    // Somebody else may have written the row since: then it is known now.
    const others = strangers.filter((id) => !known.has(id))
    if (others.length > 0) for (const [id, row] of await knownIdsHeld(writer, workspace, others)) known.set(id, row)
  }
  return byKey(known, ids)
}

/** By key, because an id and a former id may name the same person. */
function byKey(known: ReadonlyMap<string, KnownId>, ids: NamedPiece): Map<number, ChangePerson> {
  const people = new Map<number, ChangePerson>()
  for (const [id, operation] of ids) {
    const row = known.get(id)
    if (row) people.set(row.key, { person: row.key, operation })
  }
  return people
}

function idOf([id]: readonly [id: string, operation: number | null]): string {
  return id
}
