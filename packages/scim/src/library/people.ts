import { fold } from '../base/fold.ts'
import type { JsonObject } from '../base/json.ts'
import { type Call, type Context, HOST, peopleScope } from '../provisioning/call.ts'
import { checkAccounts, type HostPerson, RowsRefused } from '../provisioning/people/account.ts'
import { type Membership, membershipsOf } from '../provisioning/people/memberships.ts'
import { type PreparedAccount, prepareAccounts } from '../provisioning/people/prepare.ts'
import { type Reconciliation, reconcileAccounts } from '../provisioning/people/reconcile.ts'
import { removeInPieces } from '../provisioning/people/remove.ts'
import { type Upserted, upsertAccounts } from '../provisioning/people/upsert.ts'
import { PIECE, upsertInPieces } from '../provisioning/people/upsertInPieces.ts'
import { isShown } from '../provisioning/people/users.ts'
import { type Account, accountEmails, recordOf, viewOf } from '../provisioning/people/view.ts'
import { groupsOf } from '../store/memberships.ts'
import { type PersonRow, PersonState, peopleByNames, personById } from '../store/people.ts'
import { peoplePage } from '../store/peopleSearch.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
import { limitOf, listOf, oneOf, textOf } from './given.ts'
import type { By } from './groups.ts'
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

/** A person with all that is known. */
export interface PersonFound extends Person {
  /** As the host gave it; a pending person has none. */
  readonly account: Account | null
  /** The account overlaid by the record. */
  readonly view: JsonObject
  /** In which the person is a member, effective or not. */
  readonly groups: readonly { readonly id: string; readonly displayName: string }[]
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
    options?: { readonly atomic?: boolean; readonly onProgress?: (stored: number) => void; readonly by?: By },
  ): Promise<Upserted>
  /**
   * Answers the ids of those who were there; more than 1,000 go in pieces. Their memberships stay, as unresolved, until the
   * provider takes them out.
   */
  remove(workspace: string, ids: readonly string[], by?: By): Promise<string[]>
  /**
   * Makes the workspace's accounts those of `people`, in two steps: without `confirm` it answers what it would add,
   * change and remove; with the `key` of that answer it does it. If rows or accounts are no longer the same, it refuses
   * with `reconcile_outdated`. Pending people stay, and so does whoever changes while it is being done.
   */
  reconcile(
    workspace: string,
    people: readonly HostPerson[],
    options?: { readonly confirm?: string; readonly by?: By },
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
  find(workspace: string, idOrUserName: string): Promise<PersonFound | undefined>
  /** All memberships, effective or not, in the order of the groups' names; of an id that is not known: none. */
  memberships(workspace: string, idOrUserName: string): Promise<Membership[]>
}

const PAGE = 100

export function peopleOf(context: Context): People {
  return {
    upsert: async (slug, people, { atomic = false, onProgress = () => {}, by } = {}) => {
      const call = callBy(context, await existingWorkspace(context, slug), by)
      const prepared = await checked(call, people)
      if (!atomic && prepared.length > PIECE) return upsertInPieces(context, call, prepared, onProgress)
      return context.store.write((writer) => upsertAccounts(writer, call, prepared, { onProgress }), peopleScope(call))
    },
    remove: async (slug, ids, by) =>
      removeInPieces(context, callBy(context, await existingWorkspace(context, slug), by), listOf('Ids', ids)),
    reconcile: async (slug, people, { confirm, by } = {}) => {
      const call = callBy(context, await existingWorkspace(context, slug), by)
      return reconcileAccounts(context, call, await checked(call, people), confirm)
    },
    list: async (slug, { search = '', state, after = '', limit } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const wanted =
        state === undefined ? undefined : oneOf<typeof state>('A state', state, ['account', 'pending', 'suspended'])
      const rows = await peoplePage(context.store, workspace.key, wanted, {
        search: fold(textOf('What to search for', search)),
        after: textOf('The last id', after),
        limit: limitOf(limit, PAGE),
      })
      return rows.map(toPerson)
    },
    memberships: async (slug, idOrUserName) =>
      membershipsOf(context.store, await existingWorkspace(context, slug), textOf('A person', idOrUserName)),
    find: async (slug, idOrUserName) => {
      const { key } = await existingWorkspace(context, slug)
      const byId = await personById(context.store, key, textOf('A person', idOrUserName))
      const row = byId ?? (await peopleByNames(context.store, key, [fold(idOrUserName)]))[0]
      if (!isShown(row)) return undefined
      const groups = await groupsOf(context.store, key, [row.key])
      return {
        ...toPerson(row),
        account: accountOf(row),
        view: viewOf(row),
        groups: groups.map(({ id, display_name }) => ({ id, displayName: display_name })),
      }
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

function accountOf(row: PersonRow): Account | null {
  if (row.state !== PersonState.account || row.user_name === null) return null
  return { userName: row.user_name, displayName: row.display_name, emails: accountEmails(row) }
}

async function checked(call: Call, people: readonly HostPerson[]): Promise<PreparedAccount[]> {
  const { inputs, problems } = checkAccounts(listOf('People', people))
  if (problems.length > 0) throw new RowsRefused(problems)
  return prepareAccounts(inputs, call.at)
}

function callBy(context: Context, workspace: WorkspaceRow, { admin }: By = {}): Call {
  const actor = admin === undefined ? HOST : ({ kind: 'admin', label: admin } as const)
  return { workspace, actor, request: null, at: context.clock() }
}
