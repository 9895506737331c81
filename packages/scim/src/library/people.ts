import { fold } from '../base/fold.ts'
import type { JsonObject } from '../base/json.ts'
import { type Call, type Context, HOST, peopleScope } from '../provisioning/call.ts'
import { checkAccounts, type HostPerson, RowsRefused } from '../provisioning/people/account.ts'
import { type PreparedAccount, prepareAccounts } from '../provisioning/people/prepare.ts'
import { type Reconciliation, reconcileAccounts } from '../provisioning/people/reconcile.ts'
import { removeInPieces } from '../provisioning/people/remove.ts'
import { type Upserted, upsertAccounts } from '../provisioning/people/upsert.ts'
import { PIECE, upsertInPieces } from '../provisioning/people/upsertInPieces.ts'
import { isShown } from '../provisioning/people/users.ts'
import { accountEmails, recordOf, viewOf } from '../provisioning/people/view.ts'
import { groupsOf } from '../store/memberships.ts'
import { type PersonRow, PersonState, peopleByNames, peoplePage, personById } from '../store/people.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
import { limitOf, listOf, textOf } from './given.ts'
import type { MembershipState } from './groups.ts'
import { existingWorkspace } from './workspaces.ts'

/** A person of a workspace, as admins see it. */
export interface Person {
  readonly id: string
  readonly state: 'account' | 'pending'
  readonly suspended: boolean
  /** What SCIM shows. */
  readonly userName: string
  readonly displayName: string
  /** The account's own, as the host gave them; empty for a pending person. */
  readonly emails: readonly { readonly value: string; readonly verified: boolean }[]
  /** What the provider wrote. */
  readonly record: JsonObject
}

export interface People {
  /**
   * Adds and updates people, by id, or by userName where a row has no id. Any number is one call: more than 1,000 are
   * stored in pieces with a transaction each, after all of them have been checked; `atomic` makes it one transaction.
   * Refuses with `RowsRefused`, which names every row that cannot be stored, and then nothing is, unless somebody else
   * took a name between the check and a later piece. To repeat a call is safe.
   */
  upsert(
    workspace: string,
    people: readonly HostPerson[],
    options?: { readonly atomic?: boolean; readonly onProgress?: (stored: number) => void },
  ): Promise<Upserted>
  /**
   * Answers the ids of those who were there; more than 1,000 go in pieces. Their memberships stay, as unresolved, until the
   * provider takes them out.
   */
  remove(workspace: string, ids: readonly string[]): Promise<string[]>
  /**
   * Makes the workspace's accounts those of `people`, in two steps: without `confirm` it answers what it would add,
   * change and remove; with the `key` of that answer it does it. If rows or accounts are no longer the same, it refuses
   * with `reconcile_outdated`. Pending people stay, and so does whoever changes while it is being done.
   */
  reconcile(
    workspace: string,
    people: readonly HostPerson[],
    options?: { readonly confirm?: string },
  ): Promise<Reconciliation>
  /**
   * In the order of their ids, after the person `after`; `search` is a part of the userName or of the display name. Of the
   * states, `suspended` are those whose `active` is false.
   */
  list(
    workspace: string,
    query?: {
      readonly search?: string
      readonly state?: 'account' | 'pending' | 'suspended'
      readonly after?: string
      readonly limit?: number
    },
  ): Promise<Person[]>
  /** By id, former id or userName. */
  find(
    workspace: string,
    idOrUserName: string,
  ): Promise<(Person & { groups: readonly { id: string; displayName: string }[] }) | undefined>
  /** All memberships, effective or not, in the order of the groups' names; of an id that is not known: none. */
  memberships(workspace: string, idOrUserName: string): Promise<Membership[]>
}

/** A group that somebody is named in, and what that counts for. */
export interface Membership {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  /** Whether a provider writes to the group. */
  readonly managed: boolean
  readonly state: MembershipState
}

const PAGE = 100

export function peopleOf(context: Context): People {
  return {
    upsert: async (slug, people, { atomic = false, onProgress = () => {} } = {}) => {
      const call = hostCall(context, await existingWorkspace(context, slug))
      const prepared = await checked(call, people)
      if (!atomic && prepared.length > PIECE) return upsertInPieces(context, call, prepared, onProgress)
      return context.store.write((writer) => upsertAccounts(writer, call, prepared, { onProgress }), peopleScope(call))
    },
    remove: async (slug, ids) =>
      removeInPieces(context, hostCall(context, await existingWorkspace(context, slug)), listOf('Ids', ids)),
    reconcile: async (slug, people, { confirm } = {}) => {
      const call = hostCall(context, await existingWorkspace(context, slug))
      return reconcileAccounts(context, call, await checked(call, people), confirm)
    },
    list: async (slug, { search = '', after = '', limit } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const rows = await peoplePage(context.store, workspace.key, {
        search: fold(textOf('What to search for', search)),
        after: textOf('The last id', after),
        limit: limitOf(limit, PAGE),
      })
      return rows.map(toPerson)
    },
    memberships: async () => {
      throw new Error('not yet')
    },
    find: async (slug, idOrUserName) => {
      const { key } = await existingWorkspace(context, slug)
      const byId = await personById(context.store, key, textOf('A person', idOrUserName))
      const row = byId ?? (await peopleByNames(context.store, key, [fold(idOrUserName)]))[0]
      if (!isShown(row)) return undefined
      const groups = await groupsOf(context.store, key, [row.key])
      return { ...toPerson(row), groups: groups.map(({ id, display_name }) => ({ id, displayName: display_name })) }
    },
  }
}

function toPerson(row: PersonRow): Person {
  const { userName } = viewOf(row)
  return {
    id: row.id,
    state: row.state === PersonState.pending ? 'pending' : 'account',
    suspended: row.suspended === 1,
    userName: String(userName),
    displayName: row.shown_name ?? '',
    emails: accountEmails(row).map(({ value, verified }) => ({ value, verified })),
    record: recordOf(row),
  }
}

async function checked(call: Call, people: readonly HostPerson[]): Promise<PreparedAccount[]> {
  const { inputs, problems } = checkAccounts(listOf('People', people))
  if (problems.length > 0) throw new RowsRefused(problems)
  return prepareAccounts(inputs, call.at)
}

function hostCall(context: Context, workspace: WorkspaceRow): Call {
  return { workspace, actor: HOST, request: null, at: context.clock() }
}
