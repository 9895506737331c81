import { ALL, OF_WORKSPACE_ADMINS } from '../access.ts'
import { refuseBeyond } from '../beyond.ts'
import type { AdminsPort } from '../ports.ts'
import { AdminRefused } from '../refusals.ts'
import { type Call, route } from '../route.ts'
import { AdminParams, Admins, Invitation, NewAdmin, NewServiceAdmin, WorkspaceAdminParams } from '../schemas/admins.ts'
import { WorkspaceParams } from '../schemas/common.ts'

const OF_SERVICE = { scope: 'admins:write', level: 'service' } as const
const OF_WORKSPACE = { scope: 'admins:write', level: 'workspace' } as const

export const listAdmins = route(
  {
    operation: 'listAdmins',
    method: 'get',
    path: '/admins',
    summary: 'Everybody who signs in or is invited to',
    whole: 'each was invited by somebody',
    access: OF_SERVICE,
    answer: Admins,
  },
  async (call) => ({ items: [...(await portOf(call).list(null))] }),
)

export const inviteAdmin = route(
  {
    operation: 'inviteAdmin',
    method: 'post',
    path: '/admins',
    summary: 'Invite an operator, who has all workspaces, or an admin of some',
    access: OF_SERVICE,
    body: NewServiceAdmin,
    status: 201,
    answer: Invitation,
  },
  async (call) => {
    const { workspaces, ...admin } = call.body
    return invite(call, workspaces ?? null, admin)
  },
)

export const removeAdmin = route(
  {
    operation: 'removeAdmin',
    method: 'delete',
    path: '/admins/{admin}',
    summary: 'Take everything from an admin, or an invitation back',
    access: OF_SERVICE,
    params: AdminParams,
    status: 204,
  },
  async (call) => remove(call, null, call.params.admin),
)

export const listWorkspaceAdmins = route(
  {
    operation: 'listWorkspaceAdmins',
    method: 'get',
    path: '/workspaces/{workspace}/admins',
    summary: 'The admins of a workspace',
    whole: 'each was invited by somebody',
    access: OF_WORKSPACE,
    params: WorkspaceParams,
    answer: Admins,
  },
  async (call) => ({ items: [...(await portOf(call).list(call.params.workspace))] }),
)

export const inviteWorkspaceAdmin = route(
  {
    operation: 'inviteWorkspaceAdmin',
    method: 'post',
    path: '/workspaces/{workspace}/admins',
    summary: 'Invite an admin of a workspace',
    access: OF_WORKSPACE,
    params: WorkspaceParams,
    body: NewAdmin,
    status: 201,
    answer: Invitation,
  },
  async (call) => invite(call, [call.params.workspace], call.body),
)

export const removeWorkspaceAdmin = route(
  {
    operation: 'removeWorkspaceAdmin',
    method: 'delete',
    path: '/workspaces/{workspace}/admins/{admin}',
    summary: 'Take a workspace from its admin, or an invitation back',
    access: OF_WORKSPACE,
    params: WorkspaceAdminParams,
    status: 204,
  },
  async (call) => remove(call, call.params.workspace, call.params.admin),
)

function portOf({ ports }: Pick<Call, 'ports'>): AdminsPort {
  if (!ports.admins) throw new AdminRefused('not_installed', { what: 'sign_in' })
  return ports.admins
}

async function invite(call: Call, workspaces: readonly string[] | null, admin: NewAdmin): Promise<Invitation> {
  if (workspaces === null) refuseBeyond(call.principal, ALL, null)
  else for (const workspace of workspaces) refuseBeyond(call.principal, OF_WORKSPACE_ADMINS, workspace)
  const invitation = await portOf(call).invite(workspaces, admin, call.principal)
  const { id, role } = invitation.admin
  call.note({ target: { admin: id }, details: { role, workspaces: workspaces?.join(' ') ?? 'all' } })
  return invitation
}

async function remove(call: Call, workspace: string | null, id: string): Promise<undefined> {
  const removed = await portOf(call).remove(workspace, id, call.principal)
  if (!removed) throw new AdminRefused('admin_unknown', { id })
}
