import { fold } from '../../base/fold.ts'
import { moveHistory } from '../../store/changes.ts'
import { type GroupRow, touchGroup } from '../../store/groups.ts'
import { addMembers, lockGroupsOfPerson, removeMembers } from '../../store/memberships.ts'
import {
  AddressKind,
  addAlias,
  deletePerson,
  type PersonRow,
  PersonState,
  peopleByAddresses,
  peopleByNames,
  replaceAddresses,
  replaceNames,
} from '../../store/people.ts'
import { lockPeople } from '../../store/personLocks.ts'
import type { Reader, Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import type { AccountInput } from './account.ts'
import type { AllRows } from './allRows.ts'
import { recordOf, viewOf } from './view.ts'

/**
 * The pending person whom each row claims: the one whose userName or primary e-mail equals a verified address of the row.
 * With several candidates on either side nobody is claimed; the problem stays open for an admin. `meant` are the people
 * that rows mean already, by id or name.
 */
export async function claims(
  reader: Reader,
  workspace: number,
  inputs: readonly AccountInput[],
  meant: ReadonlyMap<AccountInput, PersonRow>,
  all?: AllRows,
): Promise<Map<AccountInput, PersonRow>> {
  const addresses = [...new Set(inputs.flatMap(({ verified }) => verified))]
  if (addresses.length === 0) return new Map()
  const taken = new Set(Array.from(meant.values(), ({ key }) => key))
  const candidates = await pendingByAddress(
    reader,
    workspace,
    addresses,
    (person) => !taken.has(person.key) && !all?.ids.has(person.id),
  )
  if (candidates.size === 0) return new Map()
  const claimed = new Map<AccountInput, PersonRow>()
  const pending = new Set([...candidates.values()].flat())
  const claimants = await otherClaimants(reader, workspace, pending, taken)
  if (all) {
    const piece = new Set(inputs.map(({ index }) => index))
    for (const person of pending)
      claimants.set(person.key, (claimants.get(person.key) ?? 0) + all.countOutside(piece, claimableBy(person)))
  }
  for (const input of inputs) {
    const people = new Map<number, PersonRow>()
    for (const address of input.verified) {
      for (const person of candidates.get(address) ?? []) people.set(person.key, person)
    }
    for (const key of people.keys()) claimants.set(key, (claimants.get(key) ?? 0) + 1)
    const [only] = people.values()
    if (only && people.size === 1) claimed.set(input, only)
  }
  for (const [input, { key }] of claimed) if (claimants.get(key) !== 1) claimed.delete(input)
  return claimed
}

/** How many accounts that are not among the rows could claim each pending person as well. */
async function otherClaimants(
  reader: Reader,
  workspace: number,
  pending: ReadonlySet<PersonRow>,
  taken: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const wanted = Array.from(pending, (person) => ({ key: person.key, addresses: claimableBy(person) }))
  const addresses = [...new Set(wanted.flatMap((person) => person.addresses))]
  const holders = await peopleByAddresses(reader, workspace, AddressKind.verified, addresses)
  const others = holders.filter(({ key }) => !taken.has(key))
  return new Map(
    wanted.map((person) => {
      const accounts = others.filter(({ address }) => person.addresses.includes(address))
      return [person.key, new Set(accounts.map(({ key }) => key)).size]
    }),
  )
}

/** The addresses that claim a pending person, folded. */
export function claimableBy(person: PersonRow): string[] {
  return [person.name, primaryEmail(person)].filter((address) => typeof address === 'string')
}

async function pendingByAddress(
  reader: Reader,
  workspace: number,
  addresses: readonly string[],
  isFree: (person: PersonRow) => boolean,
): Promise<Map<string, PersonRow[]>> {
  const found = new Map<string, PersonRow[]>()
  const add = (address: string, person: PersonRow): void => {
    if (person.state !== PersonState.pending || !isFree(person)) return
    const list = found.get(address)
    if (list) list.push(person)
    else found.set(address, [person])
  }
  for (const { claimed_name, ...person } of await peopleByNames(reader, workspace, addresses)) add(claimed_name, person)
  for (const { address, ...person } of await peopleByAddresses(reader, workspace, AddressKind.view, addresses))
    if (primaryEmail(person) === address) add(address, person)
  return found
}

function primaryEmail(person: PersonRow): string | undefined {
  const { emails } = viewOf(person) as { emails?: { value?: string; primary?: boolean }[] }
  const value = (emails?.find(({ primary }) => primary) ?? emails?.[0])?.value
  return value === undefined ? undefined : fold(value)
}

/**
 * Makes one of two people: memberships, history and record of a claimed person become the account's, and the claimed id
 * stays an alias. Answers the account's row with the record it has now, the groups it was not in before, and those that
 * both were in.
 */
export async function absorb(
  writer: Writer,
  call: Call,
  from: PersonRow,
  into: PersonRow,
): Promise<{ person: PersonRow; gained: GroupRow[]; shared: GroupRow[] }> {
  const workspace = call.workspace.key
  const gained: GroupRow[] = []
  const shared: GroupRow[] = []
  await lockPeople(writer, workspace, [from.key, into.key])
  for (const group of await lockGroupsOfPerson(writer, workspace, from.key)) {
    await removeMembers(writer, workspace, group.key, [from.key])
    const added = await addMembers(writer, workspace, group.key, [into.key])
    if (added.length > 0) gained.push(group)
    else shared.push(group)
    const member_count = group.member_count - 1 + added.length
    await touchGroup(writer, workspace, { ...group, version: group.version + 1, member_count, updated_at: call.at })
  }
  await moveHistory(writer, workspace, from.key, into.key)
  await replaceNames(writer, workspace, [from.key], [])
  await replaceAddresses(writer, workspace, [from.key], [])
  await deletePerson(writer, workspace, from.key)
  await addAlias(writer, workspace, from.id, into.key)
  const person = { ...into, record: JSON.stringify({ ...recordOf(from), ...recordOf(into) }) }
  return { person, gained, shared }
}
