import { LARGE_BODY } from '../body.ts'
import { toGroup } from '../groups.ts'
import { PAGE, pageOf, placeOf, toNext } from '../page.ts'
import { readRawGroup } from '../rawGroup.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import {
  Group,
  GroupChanges,
  GroupPage,
  GroupParams,
  GroupsQuery,
  MemberChanges,
  MemberPage,
  MembersQuery,
  NewGroup,
  RawGroup,
} from '../schemas/groups.ts'
import type { AdminLibrary } from '../surface.ts'

export const listGroups = route(
  {
    operation: 'listGroups',
    method: 'get',
    path: '/workspaces/{workspace}/groups',
    summary: 'Groups in the order of their names',
    access: { scope: 'groups:read', level: 'workspace' },
    params: WorkspaceParams,
    query: GroupsQuery,
    answer: GroupPage,
  },
  async ({ library, params: { workspace }, query: { after, limit = PAGE, search } }) => {
    const place = placeOf(after, 'text')
    const groups = await library.groups.list(workspace, {
      order: 'name',
      limit: limit + 1,
      ...(place !== undefined && { after: place }),
      ...(search !== undefined && { search }),
    })
    return pageOf(groups, limit, ({ id }) => id, toGroup)
  },
)

export const createGroup = route(
  {
    operation: 'createGroup',
    method: 'post',
    path: '/workspaces/{workspace}/groups',
    summary: 'Make a group that no provider manages',
    access: { scope: 'groups:write', level: 'workspace' },
    params: WorkspaceParams,
    body: NewGroup,
    bodyBytes: LARGE_BODY,
    status: 201,
    answer: Group,
  },
  async ({ library, params: { workspace }, body, by, note }) => {
    const { displayName, members } = body
    const group = await library.groups.create(workspace, { displayName, ...(members && { members }) }, by)
    note({ target: { group: group.id } })
    return toGroup(group)
  },
)

export const getGroup = route(
  {
    operation: 'getGroup',
    method: 'get',
    path: '/workspaces/{workspace}/groups/{group}',
    summary: 'A group, by id or name',
    access: { scope: 'groups:read', level: 'workspace' },
    params: GroupParams,
    answer: Group,
  },
  async ({ library, params: { workspace, group } }) => toGroup(await existingGroup(library, workspace, group)),
)

export const changeGroup = route(
  {
    operation: 'changeGroup',
    method: 'patch',
    path: '/workspaces/{workspace}/groups/{group}',
    summary: 'Rename a group, by id',
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    body: GroupChanges,
    answer: Group,
  },
  async ({ library, params: { workspace, group }, body: { displayName }, by }) =>
    toGroup(await library.groups.rename(workspace, group, displayName, by)),
)

export const deleteGroup = route(
  {
    operation: 'deleteGroup',
    method: 'delete',
    path: '/workspaces/{workspace}/groups/{group}',
    summary: 'Delete a group, by id',
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    status: 204,
  },
  async ({ library, params: { workspace, group }, by }) => {
    await library.groups.delete(workspace, group, by)
    return undefined
  },
)

export const releaseGroup = route(
  {
    operation: 'releaseGroup',
    method: 'post',
    path: '/workspaces/{workspace}/groups/{group}/release',
    summary: "Let host and admins write to a group again, until its provider's next write",
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    answer: Group,
  },
  async ({ library, params: { workspace, group }, by }) => toGroup(await library.groups.release(workspace, group, by)),
)

export const listMembers = route(
  {
    operation: 'listMembers',
    method: 'get',
    path: '/workspaces/{workspace}/groups/{group}/members',
    summary: 'All members of a group, each with its state',
    access: { scope: 'groups:read', level: 'workspace' },
    params: GroupParams,
    query: MembersQuery,
    answer: MemberPage,
  },
  async ({ library, params: { workspace, group: name }, query: { after, limit = PAGE, search } }) => {
    const place = placeOf(after, 'number')
    const group = await existingGroup(library, workspace, name)
    const { members, next } = await library.groups.membersWithStates(workspace, group.id, {
      limit,
      ...(place !== undefined && { after: place }),
      ...(search !== undefined && { search }),
    })
    return { items: members, next: toNext(next) }
  },
)

export const changeMembers = route(
  {
    operation: 'changeMembers',
    method: 'post',
    path: '/workspaces/{workspace}/groups/{group}/members',
    summary: 'Add and remove members by id, in one step',
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    body: MemberChanges,
    bodyBytes: LARGE_BODY,
    answer: Group,
  },
  async ({ library, params: { workspace, group }, body: { add = [], remove = [] }, by, note }) => {
    note({ details: { add: add.length, remove: remove.length } })
    return toGroup(await library.groups.changeMembers(workspace, group, { add, remove }, by))
  },
)

export const getRawGroup = route(
  {
    operation: 'getRawGroup',
    method: 'get',
    path: '/workspaces/{workspace}/groups/{group}/scim',
    summary: 'A group as SCIM answers it',
    access: { scope: 'groups:read', level: 'workspace' },
    params: GroupParams,
    answer: RawGroup,
  },
  async ({ library, params: { workspace, group: name } }) => {
    const group = await existingGroup(library, workspace, name)
    const raw = await readRawGroup(library, workspace, group.id)
    if (!raw) throw new AdminRefused('group_gone', { group: name })
    return raw
  },
)

async function existingGroup({ groups }: AdminLibrary, workspace: string, name: string) {
  const group = await groups.find(workspace, name)
  if (!group) throw new AdminRefused('group_gone', { group: name })
  return group
}
