import type { Token } from '../../provisioning/tokens/tokens.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import {
  IssuedToken,
  NewToken,
  RotatedToken,
  Token as TokenAnswer,
  TokenEnd,
  TokenParams,
  TokenRotation,
  Tokens,
} from '../schemas/tokens.ts'
import type { AdminLibrary } from '../surface.ts'
import { lifetimeOf, milliseconds, withTimes } from '../times.ts'

export const listTokens = route(
  {
    operation: 'listTokens',
    method: 'get',
    path: '/workspaces/{workspace}/tokens',
    summary: 'SCIM tokens, without their texts',
    whole: 'each was issued by a person or an application, one at a time',
    access: { scope: 'tokens:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: Tokens,
  },
  async ({ library, params: { workspace } }) => ({ items: (await library.tokens.list(workspace)).map(toToken) }),
)

export const issueToken = route(
  {
    operation: 'issueToken',
    method: 'post',
    path: '/workspaces/{workspace}/tokens',
    summary: 'Issue a SCIM token; its text is answered this once',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: WorkspaceParams,
    body: NewToken,
    status: 201,
    answer: IssuedToken,
  },
  async ({ library, params: { workspace }, body: { label, provider, expiresAt }, by, now, note }) => {
    const lifetime = lifetimeOf(expiresAt, now)
    const issued = await library.tokens.issue(workspace, {
      ...{ label, createdBy: by.admin },
      ...(provider !== undefined && { provider }),
      ...(lifetime !== undefined && { lifetime }),
    })
    note({ target: { token: issued.token.id } })
    return { token: toToken(issued.token), text: issued.text }
  },
)

export const rotateToken = route(
  {
    operation: 'rotateToken',
    method: 'post',
    path: '/workspaces/{workspace}/tokens/{token}/rotate',
    summary: 'Issue the one that follows; the old one lives on until it is retired',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: TokenParams,
    body: TokenRotation,
    optionalBody: true,
    status: 201,
    answer: RotatedToken,
  },
  async ({ library, params: { workspace, token: id }, body, by, now, note }) => {
    const previous = await existingToken(library, workspace, id)
    const lifetime = lifetimeOf(body.expiresAt, now)
    const issued = await library.tokens.issue(workspace, {
      ...{ label: body.label ?? previous.label, provider: previous.provider, createdBy: by.admin },
      ...(lifetime !== undefined && { lifetime }),
    })
    note({ target: { token: issued.token.id }, details: { previous: previous.id } })
    return { token: toToken(issued.token), text: issued.text, previous: toToken(previous) }
  },
)

export const retireToken = route(
  {
    operation: 'retireToken',
    method: 'post',
    path: '/workspaces/{workspace}/tokens/{token}/retire',
    summary: 'End a token, at once or at a moment to come',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: TokenParams,
    body: TokenEnd,
    optionalBody: true,
    answer: TokenAnswer,
  },
  async ({ library, params: { workspace, token: id }, body: { at }, now }) => {
    const { state } = await existingToken(library, workspace, id)
    if (state === 'revoked' || state === 'expired') throw new AdminRefused('scim_token_ended', { id })
    const end = milliseconds(at)
    if (end === undefined || end <= now) await library.tokens.revoke(workspace, id)
    else await library.tokens.end(workspace, id, end)
    return toToken(await existingToken(library, workspace, id))
  },
)

export const revokeToken = route(
  {
    operation: 'revokeToken',
    method: 'delete',
    path: '/workspaces/{workspace}/tokens/{token}',
    summary: 'Revoke a token at once; to repeat it is no error',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: TokenParams,
    status: 204,
  },
  async ({ library, params: { workspace, token: id } }) => {
    if (!(await library.tokens.revoke(workspace, id))) await existingToken(library, workspace, id)
    return undefined
  },
)

async function existingToken({ tokens }: AdminLibrary, workspace: string, id: string): Promise<Token> {
  const token = (await tokens.list(workspace)).find((one) => one.id === id)
  if (!token) throw new AdminRefused('scim_token_unknown', { id })
  return token
}

function toToken(token: Token) {
  return withTimes(token, 'createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt')
}
