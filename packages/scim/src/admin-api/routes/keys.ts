import type { ApiKey } from '../../provisioning/keys/keys.ts'
import { refuseBeyond } from '../beyond.ts'
import { AdminRefused } from '../refusals.ts'
import { type Call, route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { ApiKeys, IssuedApiKey, KeyParams, NewApiKey, WorkspaceKeyParams } from '../schemas/keys.ts'
import { milliseconds, withTimes } from '../times.ts'

const OF_SERVICE = { scope: 'keys:write', level: 'service' } as const
const OF_WORKSPACE = { scope: 'keys:write', level: 'workspace' } as const

export const listKeys = route(
  {
    operation: 'listKeys',
    method: 'get',
    path: '/keys',
    summary: 'API keys that are for all workspaces',
    whole: 'each was made for one application',
    access: OF_SERVICE,
    answer: ApiKeys,
  },
  async ({ library }) => ({ items: (await library.apiKeys.list(null)).map(toKey) }),
)

export const issueKey = route(
  {
    operation: 'issueKey',
    method: 'post',
    path: '/keys',
    summary: 'Issue an API key for all workspaces; its text is answered this once',
    access: OF_SERVICE,
    body: NewApiKey,
    status: 201,
    answer: IssuedApiKey,
  },
  async (call) => issue(call, null),
)

export const revokeKey = route(
  {
    operation: 'revokeKey',
    method: 'delete',
    path: '/keys/{key}',
    summary: 'Revoke an API key that is for all workspaces',
    access: OF_SERVICE,
    params: KeyParams,
    status: 204,
  },
  async (call) => revoke(call, null, call.params.key),
)

export const listWorkspaceKeys = route(
  {
    operation: 'listWorkspaceKeys',
    method: 'get',
    path: '/workspaces/{workspace}/keys',
    summary: 'API keys of a workspace',
    whole: 'each was made for one application',
    access: OF_WORKSPACE,
    params: WorkspaceParams,
    answer: ApiKeys,
  },
  async ({ library, params: { workspace } }) => ({ items: (await library.apiKeys.list(workspace)).map(toKey) }),
)

export const issueWorkspaceKey = route(
  {
    operation: 'issueWorkspaceKey',
    method: 'post',
    path: '/workspaces/{workspace}/keys',
    summary: 'Issue an API key for a workspace; its text is answered this once',
    access: OF_WORKSPACE,
    params: WorkspaceParams,
    body: NewApiKey,
    status: 201,
    answer: IssuedApiKey,
  },
  async (call) => issue(call, call.params.workspace),
)

export const revokeWorkspaceKey = route(
  {
    operation: 'revokeWorkspaceKey',
    method: 'delete',
    path: '/workspaces/{workspace}/keys/{key}',
    summary: 'Revoke an API key of a workspace',
    access: OF_WORKSPACE,
    params: WorkspaceKeyParams,
    status: 204,
  },
  async (call) => revoke(call, call.params.workspace, call.params.key),
)

async function issue(
  { library, principal, body, by, note }: Call<unknown, unknown, NewApiKey>,
  workspace: string | null,
) {
  const { name, scopes, expiresAt } = body
  refuseBeyond(principal, scopes, workspace)
  const issued = await library.apiKeys.issue({
    ...{ name, scopes, workspace, by: by.admin },
    expiresAt: expiresAt == null ? null : milliseconds(expiresAt),
  })
  note({ target: { key: issued.key.id }, details: { scopes: scopes.join(' ') } })
  return { key: toKey(issued.key), text: issued.text }
}

async function revoke({ library }: Call, workspace: string | null, id: string): Promise<undefined> {
  if (await library.apiKeys.revoke(workspace, id)) return
  const keys = await library.apiKeys.list(workspace)
  if (!keys.some((key) => key.id === id)) throw new AdminRefused('api_key_unknown', { id })
}

function toKey(key: ApiKey) {
  return { ...withTimes(key, 'createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt'), scopes: [...key.scopes] }
}
