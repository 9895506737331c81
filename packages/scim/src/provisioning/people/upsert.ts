import { fold } from '../../base/fold.ts'
import { newId } from '../../base/ids.ts'
import { membershipsByGroup } from '../../store/memberships.ts'
import {
  addAlias,
  insertPeople,
  type PersonRow,
  PersonState,
  peopleByIds,
  peopleByNames,
  replaceAddresses,
  replaceNames,
  updatePeople,
} from '../../store/people.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import { recordGroupChange } from '../groups/changes.ts'
import type { AccountInput, RowProblem } from './account.ts'
import { recordPeopleChange } from './changes.ts'
import { absorb, claims } from './claim.ts'
import { addressesOf, namesOf } from './save.ts'
import { recordOf, type Written, writtenRow } from './view.ts'

export interface Upserted {
  /** Ids in the order of the rows given. */
  readonly ids: readonly string[]
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

/** Rows that cannot be stored, all of them; thrown, so that nothing of the call is. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
  readonly problems: readonly RowProblem[]

  constructor(problems: readonly RowProblem[]) {
    super(`${problems.length} of the people cannot be stored`)
    this.problems = problems
  }
}

/** What is to become of one row. */
interface Fate {
  readonly input: AccountInput
  /** The row that becomes, or is, the account. */
  readonly before: PersonRow | undefined
  readonly claimed: PersonRow | undefined
}

/**
 * Adds and updates accounts, by id, or by userName where the host gives no id. In the same transaction memberships of ids
 * that were unknown resolve, and pending people are claimed by a verified address.
 */
export async function upsertAccounts(writer: Writer, call: Call, inputs: readonly AccountInput[]): Promise<Upserted> {
  const fates = await decide(writer, call.workspace.key, inputs)
  await yieldNames(writer, call, fates)
  const ids = new Array<string>(inputs.length)
  const fresh: { input: AccountInput; row: Written }[] = []
  const changed: { before: PersonRow; row: PersonRow }[] = []
  const arrived: number[] = []
  for (const fate of fates) {
    const before = await claim(writer, call, fate)
    if (!before) {
      fresh.push({ input: fate.input, row: accountRow(call, fate.input, undefined) })
      continue
    }
    ids[fate.input.index] = fate.input.id ?? before.id
    if (!fate.claimed && isSame(before, fate.input)) continue
    changed.push({ before, row: { ...accountRow(call, fate.input, before), key: before.key } })
    if (before.state !== PersonState.account || fate.claimed) arrived.push(before.key)
  }
  await writeRows(writer, call.workspace.key, fresh, changed, ids)
  await recordArrivals(writer, call, arrived)
  return {
    ids: inputs.map(({ index }) => ids[index] as string),
    created: fresh.length + changed.filter(({ before }) => before.state !== PersonState.account).length,
    updated: changed.filter(({ before }) => before.state === PersonState.account).length,
    unchanged: inputs.length - fresh.length - changed.length,
  }
}

async function decide(writer: Writer, workspace: number, inputs: readonly AccountInput[]): Promise<Fate[]> {
  const given = inputs.map(({ id }) => id).filter((id) => id !== undefined)
  const byId = new Map((await peopleByIds(writer, workspace, given)).map((row) => [row.id, row]))
  const names = inputs.map(({ name }) => name)
  const byName = new Map((await peopleByNames(writer, workspace, names)).map((row) => [row.claimed_name, row]))
  const claimed = await claims(writer, workspace, inputs)
  const problems: RowProblem[] = []
  const fates = inputs.map((input) => {
    const named = byName.get(input.name)
    const owner = named && ownsName(named, input) ? named : undefined
    const before = input.id === undefined ? owner : byId.get(input.id)
    if (owner && owner.key !== before?.key) {
      problems.push({ index: input.index, reason: `the userName "${input.userName}" belongs to ${owner.id}` })
    }
    return { input, before, claimed: claimed.get(input) }
  })
  if (problems.length > 0) throw new RowsRefused(problems)
  return fates
}

/** Whether the name is the account's own, rather than one that a provider's record lent it. */
function ownsName(row: PersonRow, { userName, name }: AccountInput): boolean {
  if (row.user_name === null) return false
  return row.user_name === userName || fold(row.user_name) === name
}

/** An account's userName comes before one that a provider wrote to somebody else's record. */
async function yieldNames(writer: Writer, call: Call, fates: readonly Fate[]): Promise<void> {
  const workspace = call.workspace.key
  const names = fates.map(({ input }) => input.name)
  const own = new Map(fates.map(({ input, before, claimed }) => [input.name, new Set([before?.key, claimed?.key])]))
  for (const { claimed_name, ...holder } of await peopleByNames(writer, workspace, names)) {
    if (own.get(claimed_name)?.has(holder.key)) continue
    const { userName: _, ...rest } = recordOf(holder)
    const row = writtenRow({
      ...holder,
      record: JSON.stringify(rest),
      version: holder.version + 1,
      updated_at: call.at,
    })
    await updatePeople(writer, workspace, [{ ...row, key: holder.key }])
    await replaceNames(writer, workspace, [holder.key], namesOf([{ ...row, key: holder.key }]))
  }
}

/** Makes the claimed person one with the account; answers the row to go on with. */
async function claim(writer: Writer, call: Call, { input, before, claimed }: Fate): Promise<PersonRow | undefined> {
  if (!claimed) return before
  const details = { id: claimed.id }
  await recordPeopleChange(writer, call, 'person_claimed', [claimed.key], details)
  if (before) return absorb(writer, call, claimed, before)
  if (input.id !== undefined) await addAlias(writer, call.workspace.key, claimed.id, claimed.key)
  return claimed
}

function isSame(before: PersonRow, input: AccountInput): boolean {
  return (
    before.state === PersonState.account &&
    before.user_name === input.userName &&
    before.display_name === input.displayName &&
    before.emails === input.emails
  )
}

function accountRow(call: Call, input: AccountInput, before: PersonRow | undefined): Written {
  return writtenRow({
    id: input.id ?? before?.id ?? newId('usr', call.at),
    state: PersonState.account,
    user_name: input.userName,
    display_name: input.displayName,
    emails: input.emails,
    record: before?.record ?? null,
    version: (before?.version ?? 0) + 1,
    created_at: before && before.state >= PersonState.pending ? before.created_at : call.at,
    updated_at: call.at,
  })
}

async function writeRows(
  writer: Writer,
  workspace: number,
  fresh: readonly { input: AccountInput; row: Written }[],
  changed: readonly { before: PersonRow; row: PersonRow }[],
  ids: string[],
): Promise<void> {
  const rows: PersonRow[] = changed.map(({ row }) => row)
  if (rows.length > 0) await updatePeople(writer, workspace, rows)
  if (fresh.length > 0) {
    const inserted = await insertPeople(
      writer,
      workspace,
      fresh.map(({ row }) => row),
    )
    const keys = new Map(inserted.map(({ key, id }) => [id, key]))
    for (const { input, row } of fresh) {
      ids[input.index] = row.id
      rows.push({ ...row, key: keys.get(row.id) as number })
    }
  }
  const touched = changed.map(({ row }) => row.key)
  await replaceNames(writer, workspace, touched, namesOf(rows))
  await replaceAddresses(writer, workspace, touched, addressesOf(rows))
}

/** Memberships that name people who have an account only now become effective. */
async function recordArrivals(writer: Writer, call: Call, people: readonly number[]): Promise<void> {
  if (people.length === 0) return
  for (const { group, people: members } of await membershipsByGroup(writer, call.workspace.key, people)) {
    const resolved = members.map((person) => ({ person, operation: null }))
    await recordGroupChange(writer, call, group, {
      kind: 'members_resolved',
      people: resolved,
    })
  }
}
