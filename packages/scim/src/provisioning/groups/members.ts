import { ScimError } from '../../base/errors.ts'
import type { ChangePerson } from '../../store/changes.ts'
import type { GroupRow } from '../../store/groups.ts'
import { addMembers, memberKeys, removeMembers } from '../../store/memberships.ts'
import { knownIds, recordUnresolved, unknownAmong } from '../../store/people.ts'
import { matchingMembers } from '../../store/query/matchingMembers.ts'
import type { Reader, Writer } from '../../store/store.ts'
import type { Call, Context } from '../call.ts'
import type { Named, Step } from './steps.ts'

/** Ids named in an error at the most. */
const NAMED_LIMIT = 20

/** What a step did to the membership. */
export interface Moved {
  readonly added: readonly ChangePerson[]
  readonly removed: readonly ChangePerson[]
}

/**
 * What replacing the members comes to, computed before the transaction so that others do not wait for the comparison of
 * two large sets. It holds as long as the group's version does.
 */
export interface Plan {
  readonly version: number
  readonly added: readonly ChangePerson[]
  readonly removed: readonly ChangePerson[]
  /** Wanted, and without a row in this workspace yet. */
  readonly strangers: Named
}

export async function applyStep(
  writer: Writer,
  context: Context,
  call: Call,
  group: GroupRow,
  step: Step,
  plan: Plan | undefined,
): Promise<Moved> {
  switch (step.kind) {
    case 'delta':
      return {
        removed: await removeNamed(writer, call, group, step.removed),
        added: await addNamed(writer, call, group, step.added),
      }
    case 'replace': {
      const { added, removed, strangers } = plan ?? (await planReplacement(writer, call, group, step.wanted))
      return {
        removed: await removePeople(writer, call, group, removed),
        added: await addPeople(writer, call, group, [...added, ...(await recordStrangers(writer, call, strangers))]),
      }
    }
    case 'removeMatching': {
      const people = await matchingMembers(writer, call.workspace.key, group.key, step.filter, context.baseUrl)
      const removed = people.map((person) => ({ person, operation: step.index }))
      return { added: [], removed: await removePeople(writer, call, group, removed) }
    }
  }
}

/** Compares what is wanted with what is stored. */
export async function planReplacement(reader: Reader, call: Call, group: GroupRow, wanted: Named): Promise<Plan> {
  const { known, strangers } = await resolve(reader, call, wanted)
  const current = new Set(group.member_count === 0 ? [] : await memberKeys(reader, call.workspace.key, group.key))
  const added: ChangePerson[] = []
  for (const person of known) {
    // What is left in `current` at the end is not wanted.
    if (!current.delete(person.person)) added.push(person)
  }
  const removed = Array.from(current, (person) => ({ person, operation: null }))
  return { version: group.version, added, removed, strangers }
}

async function addNamed(writer: Writer, call: Call, group: GroupRow, ids: Named): Promise<ChangePerson[]> {
  if (ids.size === 0) return []
  const { known, strangers } = await resolve(writer, call, ids)
  return addPeople(writer, call, group, [...known, ...(await recordStrangers(writer, call, strangers))])
}

async function removeNamed(writer: Writer, call: Call, group: GroupRow, ids: Named): Promise<ChangePerson[]> {
  if (ids.size === 0 || group.member_count === 0) return []
  const { known } = await resolve(writer, call, ids)
  return removePeople(writer, call, group, known)
}

async function addPeople(
  writer: Writer,
  call: Call,
  group: GroupRow,
  people: readonly ChangePerson[],
): Promise<ChangePerson[]> {
  if (people.length === 0) return []
  const keys = people.map(({ person }) => person)
  const added = await addMembers(writer, call.workspace.key, group.key, keys)
  if (call.workspace.unknown_members === 'reject') await refuseUnknown(writer, call, added)
  return withOperations(added, people)
}

/** Under the policy "reject"; what was added in this transaction is rolled back with it. */
async function refuseUnknown(writer: Writer, call: Call, added: readonly number[]): Promise<void> {
  if (added.length === 0) return
  const unknown = await unknownAmong(writer, call.workspace.key, added, NAMED_LIMIT + 1)
  if (unknown.length === 0) return
  const named = unknown.slice(0, NAMED_LIMIT).join(', ')
  throw new ScimError('members_unknown', { ids: unknown.length > NAMED_LIMIT ? `${named} and others` : named })
}

async function removePeople(
  writer: Writer,
  call: Call,
  group: GroupRow,
  people: readonly ChangePerson[],
): Promise<ChangePerson[]> {
  if (people.length === 0) return []
  const keys = people.map(({ person }) => person)
  return withOperations(await removeMembers(writer, call.workspace.key, group.key, keys), people)
}

function withOperations(keys: readonly number[], people: readonly ChangePerson[]): ChangePerson[] {
  if (keys.length === people.length) return [...people]
  const moved = new Set(keys)
  return people.filter(({ person }) => moved.has(person))
}

interface Resolved {
  readonly known: readonly ChangePerson[]
  readonly strangers: Named
}

async function resolve(reader: Reader, call: Call, ids: Named): Promise<Resolved> {
  const rows = await knownIds(reader, call.workspace.key, [...ids.keys()])
  // By key: an id and a former id may name the same person.
  const known = new Map<number, ChangePerson>()
  const strangers = new Map<string, number | null>()
  for (const [id, operation] of ids) {
    const row = rows.get(id)
    if (row) known.set(row.key, { person: row.key, operation })
    else strangers.set(id, operation)
  }
  return { known: [...known.values()], strangers }
}

async function recordStrangers(writer: Writer, call: Call, strangers: Named): Promise<ChangePerson[]> {
  if (strangers.size === 0) return []
  const rows = await recordUnresolved(writer, call.workspace.key, [...strangers.keys()], call.at)
  return rows.map(({ key, id }) => ({ person: key, operation: strangers.get(id) ?? null }))
}
