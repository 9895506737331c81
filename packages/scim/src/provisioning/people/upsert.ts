import type { GroupRow } from '../../store/groups.ts'
import {
  addAlias,
  insertPeople,
  type PersonRow,
  PersonState,
  peopleByIds,
  replaceAddresses,
  replaceNames,
  updatePeople,
} from '../../store/people.ts'
import { lockPeople } from '../../store/personLocks.ts'
import { inPiecesFlat } from '../../store/pieces.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import type { AccountInput } from './account.ts'
import type { AllRows } from './allRows.ts'
import { Arrivals } from './arrivals.ts'
import { recordPeopleChange, touchGroupsOf } from './changes.ts'
import { absorb } from './claim.ts'
import { decide, type Fate } from './fates.ts'
import { accountRow, type PreparedAccount } from './prepare.ts'
import { addressesOf, namesOf } from './save.ts'
import { yieldNames } from './yieldNames.ts'

export interface Upserted {
  /** Ids in the order of the rows given. */
  readonly ids: readonly string[]
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Rows to be written, and what there is to tell of them. */
interface Work {
  readonly ids: string[]
  readonly fresh: PreparedAccount[]
  readonly changed: { readonly before: PersonRow; readonly row: PersonRow }[]
  readonly arrivals: Arrivals
  readonly suspended: number[]
  readonly resumed: number[]
}

/**
 * Adds and updates accounts, by id, or by userName where the host gives no id. In the same transaction memberships of ids
 * that were unknown resolve, and pending people are claimed by a verified address.
 */
export async function upsertAccounts(
  writer: Writer,
  call: Call,
  inputs: readonly PreparedAccount[],
  { all, onProgress = () => {} }: { readonly all?: AllRows; readonly onProgress?: (stored: number) => void } = {},
): Promise<Upserted> {
  const fates = await yieldNames(writer, call, await decide(writer, call.workspace.key, inputs, { all }))
  const work: Work = { ids: [], fresh: [], changed: [], arrivals: new Arrivals(), suspended: [], resumed: [] }
  for (const fate of fates) await settle(writer, call, fate, work)
  await writeRows(writer, call, work, onProgress)
  await work.arrivals.record(writer, call)
  await recordPeopleChange(writer, call, 'person_suspended', work.suspended)
  await recordPeopleChange(writer, call, 'person_resumed', work.resumed)
  const { ids, fresh, changed } = work
  return {
    ids: inputs.map(({ index }) => ids[index] as string),
    created: fresh.length + changed.filter(({ before }) => before.state !== PersonState.account).length,
    updated: changed.filter(({ before }) => before.state === PersonState.account).length,
    unchanged: inputs.length - fresh.length - changed.length,
  }
}

async function settle(writer: Writer, call: Call, fate: Fate, work: Work): Promise<void> {
  const { input, claimed } = fate
  const before = await unite(writer, call, fate, work)
  if (!before) {
    work.fresh.push(input)
    return
  }
  work.ids[input.index] = input.id ?? before.id
  if (!claimed && isSame(before, input)) return
  const row = { ...accountRow(input, before, call.at), key: before.key }
  work.changed.push({ before, row })
  if (before.state !== PersonState.account) work.arrivals.add(before.key)
  // Of two people who become one, each may have been told of otherwise.
  const known = [fate.before, claimed].filter((person) => person !== undefined && person.state >= PersonState.pending)
  if (known.some((person) => person?.suspended !== row.suspended))
    (row.suspended ? work.suspended : work.resumed).push(row.key)
}

/** Makes a claimed person one with the account; answers the row to go on with. */
async function unite(writer: Writer, call: Call, fate: Fate, { arrivals }: Work): Promise<PersonRow | undefined> {
  const { input, before, claimed } = fate
  if (before?.state === PersonState.pending) await recordClaim(writer, call, before.key, before.id)
  if (!claimed) return before
  if (before) {
    const { person, gained, shared } = await absorb(writer, call, claimed, before)
    await recordClaim(writer, call, before.key, claimed.id, shared)
    if (before.state === PersonState.account) arrivals.gain(before.key, gained)
    return person
  }
  await recordClaim(writer, call, claimed.key, claimed.id)
  if (input.id === undefined) return claimed
  await addAlias(writer, call.workspace.key, claimed.id, claimed.key)
  // Its groups name the person by another id from now on.
  await lockPeople(writer, call.workspace.key, [claimed.key])
  await touchGroupsOf(writer, call, claimed.key)
  return claimed
}

/** Of a group that both were in, two members become one: history counts them. */
function recordClaim(
  writer: Writer,
  call: Call,
  person: number,
  id: string,
  shared: readonly GroupRow[] = [],
): Promise<void> {
  const groups = shared.map((group) => group.id).join(' ')
  return recordPeopleChange(writer, call, 'person_claimed', [person], groups === '' ? { id } : { id, groups })
}

function isSame(before: PersonRow, input: AccountInput): boolean {
  return (
    before.state === PersonState.account &&
    before.user_name === input.userName &&
    before.display_name === input.displayName &&
    before.emails === input.emails
  )
}

async function writeRows(
  writer: Writer,
  call: Call,
  { fresh, changed, ids, arrivals }: Work,
  onProgress: (stored: number) => void,
): Promise<void> {
  const workspace = call.workspace.key
  const rows = changed.map(({ row }) => row)
  if (rows.length > 0) await updatePeople(writer, workspace, rows)
  const keys = await insertFresh(writer, workspace, fresh, onProgress)
  const named = await takeNamed(
    writer,
    call,
    fresh.filter(({ fresh: { id } }) => !keys.has(id)),
  )
  for (const { key } of named) arrivals.add(key)
  const written = [...rows, ...named]
  const names = namesOf(written)
  const addresses = addressesOf(written)
  for (const input of fresh) {
    ids[input.index] = input.fresh.id
    const key = keys.get(input.fresh.id)
    if (key === undefined) continue
    for (const name of input.names) names.push({ name, person: key })
    for (const { kind, address } of input.addresses) addresses.push({ kind, address, person: key })
  }
  const touched = written.map(({ key }) => key)
  await replaceNames(writer, workspace, touched, names)
  await replaceAddresses(writer, workspace, touched, addresses)
}

/** Answers the keys of those that are new, by id. */
async function insertFresh(
  writer: Writer,
  workspace: number,
  fresh: readonly PreparedAccount[],
  onProgress: (stored: number) => void,
): Promise<Map<string, number>> {
  let stored = 0
  const inserted = await inPiecesFlat(fresh, writer.dialect.piece, async (piece) => {
    const rows = await insertPeople(
      writer,
      workspace,
      piece.map((input) => input.fresh),
    )
    stored += piece.length
    onProgress(stored)
    return rows
  })
  return new Map(inserted.map(({ key, id }) => [id, key]))
}

/**
 * Those whose id a provider has named for the first time since it was looked for, as a member that is unknown: while a
 * provider and the host both begin, that happens again and again, so it is no reason to begin anew.
 */
async function takeNamed(writer: Writer, call: Call, inputs: readonly PreparedAccount[]): Promise<PersonRow[]> {
  if (inputs.length === 0) return []
  const found = await peopleByIds(
    writer,
    call.workspace.key,
    inputs.map(({ fresh: { id } }) => id),
  )
  const byId = new Map(found.map((row) => [row.id, row]))
  const rows = inputs.map((input) => {
    const before = byId.get(input.fresh.id) as PersonRow
    return { ...accountRow(input, before, call.at), key: before.key }
  })
  await updatePeople(writer, call.workspace.key, rows)
  return rows
}
