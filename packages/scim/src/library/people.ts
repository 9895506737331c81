import { fold } from '../base/fold.ts'
import type { JsonObject } from '../base/json.ts'
import type { Context } from '../provisioning/call.ts'
import { checkAccounts, type HostPerson, RowsRefused } from '../provisioning/people/account.ts'
import { prepareAccounts } from '../provisioning/people/prepare.ts'
import { removeAccounts } from '../provisioning/people/remove.ts'
import { type Upserted, upsertAccounts } from '../provisioning/people/upsert.ts'
import { isShown } from '../provisioning/people/users.ts'
import { accountEmails, recordOf, viewOf } from '../provisioning/people/view.ts'
import { groupsOf } from '../store/memberships.ts'
import { type PersonRow, PersonState, peopleByNames, peoplePage, personById } from '../store/people.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
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
  /** Adds and updates people, all or nothing; refuses with `RowsRefused`, which names every row that cannot be stored. */
  upsert(
    workspace: string,
    people: readonly HostPerson[],
    options?: { readonly onProgress?: (stored: number) => void },
  ): Promise<Upserted>
  /** Answers the ids of those who were there. */
  remove(workspace: string, ids: readonly string[]): Promise<string[]>
  /** In the order of their ids, after the person `after`; `search` is a part of the userName. */
  list(
    workspace: string,
    query?: { readonly search?: string; readonly after?: string; readonly limit?: number },
  ): Promise<Person[]>
  /** By id, former id or userName. */
  find(
    workspace: string,
    idOrUserName: string,
  ): Promise<(Person & { groups: readonly { id: string; displayName: string }[] }) | undefined>
}

const PAGE = 100

export function peopleOf(context: Context): People {
  return {
    upsert: async (slug, people, { onProgress } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const { inputs, problems } = checkAccounts(people)
      if (problems.length > 0) throw new RowsRefused(problems)
      const call = hostCall(context, workspace)
      const prepared = await prepareAccounts(inputs, call.at)
      return context.store.write((writer) => upsertAccounts(writer, call, prepared, onProgress))
    },
    remove: async (slug, ids) => {
      const workspace = await existingWorkspace(context, slug)
      return context.store.write((writer) => removeAccounts(writer, hostCall(context, workspace), ids))
    },
    list: async (slug, { search = '', after = '', limit = PAGE } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const rows = await peoplePage(context.store, workspace.key, { search: fold(search), after, limit })
      return rows.map(toPerson)
    },
    find: async (slug, idOrUserName) => {
      const { key } = await existingWorkspace(context, slug)
      const byId = await personById(context.store, key, idOrUserName)
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

function hostCall(context: Context, workspace: WorkspaceRow) {
  const actor = { kind: 'host', label: 'host application' } as const
  return { workspace, actor, request: null, at: context.clock() }
}
