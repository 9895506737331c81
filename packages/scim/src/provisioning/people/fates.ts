import { fold } from '../../base/fold.ts'
import { knownIds, type PersonRow, peopleByIds, peopleByNames, personById } from '../../store/people.ts'
import type { Reader } from '../../store/store.ts'
import { type AccountInput, RowsRefused } from './account.ts'
import type { AllRows } from './allRows.ts'
import { claims } from './claim.ts'
import type { PreparedAccount } from './prepare.ts'
import { type RowProblem, rowFault, rowProblem } from './rowFaults.ts'

/** What is to become of one row of the host's. */
export interface Fate {
  readonly input: PreparedAccount
  /** The row that becomes, or is, the account. */
  readonly before: PersonRow | undefined
  /** The pending person that becomes one with it. */
  readonly claimed: PersonRow | undefined
}

/** What surrounds the rows to be decided on. */
export interface Surroundings {
  /** All rows of the call, of which these are a piece. */
  readonly all?: AllRows | undefined
  /** Keys of accounts that are to be removed first: what they are called is free. */
  readonly leaving?: ReadonlySet<number>
}

/** Finds out whom each row means and claims; refuses all rows if there are any that cannot be stored. */
export async function decide(
  reader: Reader,
  workspace: number,
  inputs: readonly PreparedAccount[],
  { all, leaving }: Surroundings = {},
): Promise<Fate[]> {
  const given = inputs.map(({ id }) => id).filter((id) => id !== undefined)
  const byId = new Map((await peopleByIds(reader, workspace, given)).map((row) => [row.id, row]))
  const owners = await ownersOf(reader, workspace, inputs, byId)
  const problems = await formerIds(reader, workspace, inputs, byId)
  const meant = new Map<AccountInput, PersonRow>()
  for (const input of inputs) {
    const owner = owners.get(input.name)
    const before = input.id === undefined ? owner : byId.get(input.id)
    if (before) meant.set(input, before)
    if (owner && owner.key !== before?.key && !leaving?.has(owner.key))
      problems.push(rowProblem(input.index, rowFault('name_taken', { name: input.userName, owner: owner.id })))
  }
  if (problems.length > 0) throw new RowsRefused(problems.sort((left, right) => left.index - right.index))
  const claimed = await claims(reader, workspace, inputs, meant, all)
  return inputs.map((input) => ({ input, before: meant.get(input), claimed: claimed.get(input) }))
}

/**
 * The accounts whose own name a row wants, rather than those that a provider's record lent it. An account that another of
 * the rows gives another name has let go of its own: names can be swapped in one call.
 */
async function ownersOf(
  reader: Reader,
  workspace: number,
  inputs: readonly AccountInput[],
  byId: ReadonlyMap<string, PersonRow>,
): Promise<Map<string, PersonRow>> {
  const names = inputs.map(({ name }) => name)
  const renamed = new Set<number>()
  for (const { id, name } of inputs) {
    const row = id === undefined ? undefined : byId.get(id)
    if (row && !ownsName(row, name)) renamed.add(row.key)
  }
  const holders = await peopleByNames(reader, workspace, names)
  const owners = holders.filter((row) => ownsName(row, row.claimed_name) && !renamed.has(row.key))
  return new Map(owners.map((row) => [row.claimed_name, row]))
}

function ownsName({ user_name }: PersonRow, name: string): boolean {
  return user_name !== null && fold(user_name) === name
}

/**
 * An id that somebody had before is that person's for ever. One that a provider has named for the first time since
 * `byId` was read is nobody's yet: it is added there.
 */
async function formerIds(
  reader: Reader,
  workspace: number,
  inputs: readonly AccountInput[],
  byId: Map<string, PersonRow>,
): Promise<RowProblem[]> {
  const strange = inputs.filter(({ id }) => id !== undefined && !byId.has(id))
  if (strange.length === 0) return []
  const ids = strange.map(({ id }) => id as string)
  const known = await knownIds(reader, workspace, ids)
  const problems: RowProblem[] = []
  for (const { index, id } of strange) {
    if (id === undefined || !known.has(id)) continue
    const person = await personById(reader, workspace, id)
    if (person?.id === id) byId.set(id, person)
    else problems.push(rowProblem(index, rowFault('id_former', { id, present: person?.id ?? '' })))
  }
  return problems
}
