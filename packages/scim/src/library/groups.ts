import { refuse } from '../base/errors.ts'
import { fold } from '../base/fold.ts'
import { type Call, type Context, HOST } from '../provisioning/call.ts'
import { createLocal, deleteLocal, editLocal, releaseGroup } from '../provisioning/groups/local.ts'
import { type MembershipState, membershipState } from '../provisioning/people/memberships.ts'
import { viewOf } from '../provisioning/people/view.ts'
import { effectiveGroups, effectiveMembers } from '../store/effective.ts'
import { formerGroupById } from '../store/formerGroups.ts'
import { FIRST_NAME, groupsByName, groupsWithName, type NamePlace, namePlace } from '../store/groupSearch.ts'
import { type GroupRow, groupById, groupByName, groupsPage } from '../store/groups.ts'
import { membersPage, type ShownMemberRow } from '../store/memberships.ts'
import { PersonState, personById } from '../store/people.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
import { keyOf, limitOf, listOf, oneOf, textOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** A group, as host and admins see it. */
export interface Group {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  readonly version: number
  /** Whether a provider writes to it, so that host and admins may not. */
  readonly managed: boolean
  /** Of all members, effective or not. */
  readonly memberCount: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Member {
  readonly id: string
  /** Missing while nobody stands behind the id. */
  readonly displayName: string | null
  readonly userName: string | null
  readonly state: MembershipState
}

/** Who writes: an admin by name, or the host application where none is named. */
export interface By {
  readonly admin?: string
}

/**
 * Groups and who is effectively in them: people with an account who are not suspended, unless the workspace's policy
 * ignores that. What SCIM shows beside is `membersWithStates`.
 *
 * Host and admins may write to a group until a provider first does, by creating, changing or linking it; from then on
 * `rename`, `add`, `remove` and `delete` are refused with `group_managed`, until an admin releases the group.
 */
export interface Groups {
  /**
   * In the order of their ids, after the group `after`; or in that of their folded names, which is what a `search` for a part
   * of the name has unless told otherwise.
   */
  list(
    workspace: string,
    query?: {
      readonly search?: string
      readonly order?: 'id' | 'name'
      readonly after?: string
      readonly limit?: number
    },
  ): Promise<Group[]>
  /** By id or name, in any case. */
  find(workspace: string, nameOrId: string): Promise<Group | undefined>
  /** Effective members, in pages of 1,000; `next` asks for the one after. Of a group that is not there: nobody. */
  members(
    workspace: string,
    group: string,
    query?: { readonly after?: string | undefined; readonly limit?: number },
  ): Promise<{ members: { readonly id: string; readonly displayName: string }[]; next: string | undefined }>
  /** The groups that a person, named by id or former id, is effectively in. */
  ofPerson(
    workspace: string,
    person: string,
  ): Promise<{ readonly id: string; readonly displayName: string; readonly externalId: string | null }[]>
  /**
   * All members with their states, in pages; `next` asks for the one after. `search` is a part of the userName or of the
   * display name: it looks through 100,000 members at the most, so that a page may be short though there is a next one.
   */
  membersWithStates(
    workspace: string,
    group: string,
    query?: { readonly search?: string; readonly after?: number; readonly limit?: number },
  ): Promise<{ members: Member[]; next: number | undefined }>
  /** Refuses a name that another group has with `group_name_taken`. */
  create(
    workspace: string,
    group: { readonly displayName: string; readonly members?: readonly string[] },
    by?: By,
  ): Promise<Group>
  rename(workspace: string, group: string, displayName: string, by?: By): Promise<Group>
  /** Ids that are not known yet are recorded and count once the person is there, unless the workspace refuses them. */
  add(workspace: string, group: string, people: readonly string[], by?: By): Promise<Group>
  /** Adds and removes in one step; of somebody who is in both, the adding counts. */
  changeMembers(
    workspace: string,
    group: string,
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
    by?: By,
  ): Promise<Group>
  /** Whoever is no member is passed over. */
  remove(workspace: string, group: string, people: readonly string[], by?: By): Promise<Group>
  delete(workspace: string, group: string, by?: By): Promise<void>
  /** Lets host and admins write again, until the provider's next write. */
  release(workspace: string, group: string, by?: By): Promise<Group>
}

const PAGE = 100
const MEMBERS = 1_000

export function groupsOf(context: Context): Groups {
  const call = async (slug: string, { admin }: By = {}): Promise<Call> => ({
    workspace: await existingWorkspace(context, slug),
    actor: admin === undefined ? HOST : { kind: 'admin', label: admin },
    request: null,
    at: context.clock(),
  })
  const edit = async (slug: string, id: string, by: By | undefined, wanted: Parameters<typeof editLocal>[3]) =>
    toGroup(await editLocal(context, await call(slug, by), textOf('A group', id), wanted))
  return {
    ...readsOf(context),
    create: async (slug, group, by) => toGroup(await createLocal(context, await call(slug, by), group)),
    rename: async (slug, id, displayName, by) =>
      edit(slug, id, by, { displayName: textOf('A displayName', displayName) }),
    add: async (slug, id, people, by) => edit(slug, id, by, { add: listOf('People', people) }),
    changeMembers: async (slug, id, { add = [], remove = [] }, by) => {
      const added = new Set(listOf('People', add))
      return edit(slug, id, by, { add, remove: listOf('People', remove).filter((person) => !added.has(person)) })
    },
    remove: async (slug, id, people, by) => edit(slug, id, by, { remove: listOf('People', people) }),
    delete: async (slug, id, by) => deleteLocal(context, await call(slug, by), textOf('A group', id)),
    release: async (slug, id, by) => toGroup(await releaseGroup(context, await call(slug, by), textOf('A group', id))),
  }
}

type Reads = Pick<Groups, 'list' | 'find' | 'members' | 'ofPerson' | 'membersWithStates'>

function readsOf(context: Context): Reads {
  return {
    list: async (slug, { search, order = search === undefined ? 'id' : 'name', after = '', limit } = {}) => {
      const { key } = await existingWorkspace(context, slug)
      const { store } = context
      const wanted = fold(textOf('What to search for', search === undefined ? '' : search))
      const page = { after: textOf('The last id', after), limit: limitOf(limit, PAGE) }
      if (oneOf('An order', order, ['id', 'name']) === 'name') {
        const place = await placeOf(store, key, page.after)
        return (await groupsByName(store, key, { ...page, search: wanted, after: place })).map(toGroup)
      }
      const rows =
        wanted === '' ? groupsPage(store, key, page) : groupsWithName(store, key, { ...page, search: wanted })
      return (await rows).map(toGroup)
    },
    find: async (slug, nameOrId) => {
      const { key } = await existingWorkspace(context, slug)
      const row =
        (await groupById(context.store, key, textOf('A group', nameOrId))) ??
        (await groupByName(context.store, key, fold(nameOrId)))
      return row && toGroup(row)
    },
    members: async (slug, id, { after, limit: wanted } = {}) => {
      const { key } = await existingWorkspace(context, slug)
      const group = await groupById(context.store, key, textOf('A group', id))
      const limit = limitOf(wanted, MEMBERS)
      const start = after === undefined ? 0 : keyOf(Number(textOf('The position', after)))
      if (!group) return { members: [], next: undefined }
      const rows = await effectiveMembers(context.store, key, group.key, { after: start, limit })
      const last = rows.length < limit ? undefined : rows.at(-1)
      return {
        members: rows.map(({ id: member, shown_name }) => ({ id: member, displayName: shown_name })),
        next: last && String(last.key),
      }
    },
    ofPerson: groupsOfPerson(context),
    membersWithStates: async (slug, id, query = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const group = await groupById(context.store, workspace.key, textOf('A group', id))
      const [after, limit] = [query.after === undefined ? 0 : keyOf(query.after), limitOf(query.limit, PAGE)]
      const search = fold(textOf('What to search for', query.search === undefined ? '' : query.search))
      if (!group) return { members: [], next: undefined }
      const { rows, next } = await membersPage(context.store, workspace.key, group.key, { search, after, limit })
      return { members: rows.map((row) => toMember(row, workspace)), next }
    },
  }
}

/**
 * One statement, since hosts ask this with every request of theirs. Where it finds nothing, the workspace's key may be
 * that of one removed since, or the id a former one: looked up anew then. A key is never given to another workspace, and
 * of a workspace that is removed no membership is left.
 */
function groupsOfPerson(context: Context): Groups['ofPerson'] {
  const keys = new Map<string, number>()
  return async (slug, person) => {
    textOf('A person', person)
    const known = keys.get(slug)
    if (known !== undefined) {
      const rows = await effectiveGroups(context.store, known, person)
      if (rows.length > 0) return rows
    }
    const { key } = await existingWorkspace(context, slug)
    keys.set(slug, key)
    const id = (await personById(context.store, key, person))?.id
    return id === undefined ? [] : effectiveGroups(context.store, key, id)
  }
}

/** Where to go on in the order of names: after a group, which may have been deleted since. */
async function placeOf(store: Context['store'], workspace: number, after: string): Promise<NamePlace> {
  if (after === '') return FIRST_NAME
  const group = (await groupById(store, workspace, after)) ?? (await formerGroupById(store, workspace, after))
  if (!group) throw refuse('invalid_value', `There is no group "${after}" to go on after.`)
  return namePlace(group)
}

function toMember(row: ShownMemberRow, workspace: WorkspaceRow): Member {
  return {
    id: row.id,
    displayName: row.shown_name,
    userName: row.state < PersonState.pending ? null : String(viewOf(row).userName),
    state: membershipState(row, workspace),
  }
}

function toGroup(row: GroupRow): Group {
  return {
    id: row.id,
    displayName: row.display_name,
    externalId: row.external_id,
    version: row.version,
    managed: row.managed === 1,
    memberCount: row.member_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
