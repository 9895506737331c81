import type { SetupLink } from '../../provisioning/setup/links.ts'
import { publicUrlOf } from '../addresses.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import {
  IssuedSetupLink,
  NewSetupLink,
  RevokeSetupLinkQuery,
  SetupLink as SetupLinkAnswer,
  SetupLinkParams,
  SetupLinks,
} from '../schemas/setupLinks.ts'
import { withTimes } from '../times.ts'

export const listSetupLinks = route(
  {
    operation: 'listSetupLinks',
    method: 'get',
    path: '/workspaces/{workspace}/setup-links',
    summary: 'Setup links, without their secrets',
    whole: 'each was made for one contact',
    access: { scope: 'tokens:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: SetupLinks,
  },
  async ({ library, params: { workspace } }) => ({
    items: (await library.setupLinks.list(workspace)).map(toSetupLink),
  }),
)

export const createSetupLink = route(
  {
    operation: 'createSetupLink',
    method: 'post',
    path: '/workspaces/{workspace}/setup-links',
    summary: 'Make a link by which somebody outside sets the provider up; its address is answered this once',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: WorkspaceParams,
    body: NewSetupLink,
    status: 201,
    answer: IssuedSetupLink,
  },
  async ({ library, params: { workspace }, body: { provider, note: words }, by, note }) => {
    const { link, secret } = await library.setupLinks.create(workspace, { provider, note: words, by: by.admin })
    note({ target: { link: link.id } })
    // Behind the hash, which browsers send to no server and in no Referer.
    return { link: toSetupLink(link), url: `${publicUrlOf(library)}/setup#${secret}` }
  },
)

export const revokeSetupLink = route(
  {
    operation: 'revokeSetupLink',
    method: 'delete',
    path: '/workspaces/{workspace}/setup-links/{link}',
    summary: 'Revoke a setup link, and the token that it issued if that is wanted',
    access: { scope: 'tokens:write', level: 'workspace' },
    params: SetupLinkParams,
    query: RevokeSetupLinkQuery,
    answer: SetupLinkAnswer,
  },
  async ({ library, params: { workspace, link: id }, query, note }) => {
    const token = query.token === 'revoke'
    const link = await library.setupLinks.revoke(workspace, id, { token })
    if (!link) throw new AdminRefused('setup_link_unknown', { id })
    note({ details: { token } })
    return toSetupLink(link)
  },
)

function toSetupLink(link: SetupLink) {
  const { claimed, issued, ...rest } = link
  return {
    ...withTimes(rest, 'createdAt', 'expiresAt', 'revokedAt'),
    claimed: claimed && withTimes(claimed, 'at'),
    issued: issued && withTimes(issued, 'at'),
  }
}
