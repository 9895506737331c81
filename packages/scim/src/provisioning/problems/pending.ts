import { fold } from '../../base/fold.ts'
import { AddressKind, type PersonRow, PersonState, peopleByAddresses } from '../../store/people.ts'
import { pendingPage } from '../../store/problems.ts'
import type { Reader } from '../../store/store.ts'
import { claimableBy } from '../people/claim.ts'
import { recordOf } from '../people/view.ts'
import { allPages } from './pages.ts'

/** A pending person whom several accounts could claim, or an account that could claim several pending people. */
export interface ClaimProblem {
  readonly kind: 'claim_ambiguous'
  /** The pending person. */
  readonly id: string
  readonly userName: string
  /** Accounts with a verified address that is the pending person's. */
  readonly accounts: readonly string[]
}

/** A pending person whose userName an account has taken: nobody can find it by name until the provider names it anew. */
export interface NameProblem {
  readonly kind: 'pending_name_taken'
  readonly id: string
}

interface Candidates {
  readonly pending: PersonRow
  readonly accounts: readonly string[]
}

export async function pendingProblems(reader: Reader, workspace: number): Promise<(ClaimProblem | NameProblem)[]> {
  const nameless: NameProblem[] = []
  const claimable: Candidates[] = []
  await allPages(
    (page) => pendingPage(reader, workspace, page),
    async (people) => {
      for (const { id, name } of people) if (name === fold(id)) nameless.push({ kind: 'pending_name_taken', id })
      for (const found of await candidatesOf(reader, workspace, people)) claimable.push(found)
    },
  )
  const claims = new Map<string, number>()
  for (const account of claimable.flatMap(({ accounts }) => accounts))
    claims.set(account, (claims.get(account) ?? 0) + 1)
  const open = claimable.filter(
    ({ accounts }) => accounts.length > 1 || accounts.some((account) => (claims.get(account) ?? 0) > 1),
  )
  return [...open.map(toProblem), ...nameless]
}

/** Who of them has an account that could claim it. */
async function candidatesOf(reader: Reader, workspace: number, people: readonly PersonRow[]): Promise<Candidates[]> {
  const wanted = people.map((pending) => ({ pending, addresses: claimableBy(pending) }))
  const addresses = [...new Set(wanted.flatMap((one) => one.addresses))]
  const holders = await peopleByAddresses(reader, workspace, AddressKind.verified, addresses)
  const byAddress = Map.groupBy(
    holders.filter(({ state }) => state === PersonState.account),
    ({ address }) => address,
  )
  return wanted
    .map(({ pending, addresses: own }) => {
      const ids = own.flatMap((address) => byAddress.get(address) ?? []).map(({ id }) => id)
      return { pending, accounts: [...new Set(ids)].sort() }
    })
    .filter(({ accounts }) => accounts.length > 0)
}

function toProblem({ pending, accounts }: Candidates): ClaimProblem {
  const { userName } = recordOf(pending)
  return { kind: 'claim_ambiguous', id: pending.id, userName: String(userName ?? pending.id), accounts }
}
