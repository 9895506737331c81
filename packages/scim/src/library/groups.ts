import { fold } from '../base/fold.ts'
import type { Context } from '../provisioning/call.ts'
import { type GroupRow, groupById, groupByName, groupsPage } from '../store/groups.ts'
import { membersPage } from '../store/memberships.ts'
import { PersonState } from '../store/people.ts'
import { existingWorkspace } from './workspaces.ts'

/** A group, as admins see it. */
export interface Group {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  readonly version: number
  /** Whether a provider writes to it, so that others may not. */
  readonly managed: boolean
  readonly memberCount: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Member {
  readonly id: string
  /** Missing while nobody stands behind the id. */
  readonly displayName: string | null
  readonly state: 'effective' | 'suspended' | 'pending' | 'unresolved'
}

export interface Groups {
  /** In the order of their ids, after the group `after`. */
  list(workspace: string, query?: { readonly after?: string; readonly limit?: number }): Promise<Group[]>
  /** By id or name, in any case. */
  find(workspace: string, nameOrId: string): Promise<Group | undefined>
  /** All members with their states, in pages; `next` asks for the one after. */
  members(
    workspace: string,
    group: string,
    query?: { readonly after?: number; readonly limit?: number },
  ): Promise<{ members: Member[]; next: number | undefined }>
}

const PAGE = 100

export function groupsOf(context: Context): Groups {
  return {
    list: async (slug, { after = '', limit = PAGE } = {}) => {
      const { key } = await existingWorkspace(context, slug)
      return (await groupsPage(context.store, key, { after, limit })).map(toGroup)
    },
    find: async (slug, nameOrId) => {
      const { key } = await existingWorkspace(context, slug)
      const row =
        (await groupById(context.store, key, nameOrId)) ?? (await groupByName(context.store, key, fold(nameOrId)))
      return row && toGroup(row)
    },
    members: async (slug, id, { after = 0, limit = PAGE } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const group = await groupById(context.store, workspace.key, id)
      if (!group) return { members: [], next: undefined }
      const rows = await membersPage(context.store, workspace.key, group.key, { after, limit })
      const ignoresSuspension = workspace.suspended === 'ignore'
      return {
        members: rows.map(({ id: value, shown_name, state, suspended }) => ({
          id: value,
          displayName: shown_name,
          state: stateOf(state, suspended === 1 && !ignoresSuspension),
        })),
        next: rows.length < limit ? undefined : rows.at(-1)?.key,
      }
    },
  }
}

function stateOf(state: PersonState, suspended: boolean): Member['state'] {
  if (state < PersonState.pending) return 'unresolved'
  if (state === PersonState.pending) return 'pending'
  return suspended ? 'suspended' : 'effective'
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
