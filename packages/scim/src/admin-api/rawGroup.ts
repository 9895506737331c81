import type { Json } from '../base/json.ts'
import { WHOLE } from '../protocol/projection.ts'
import { groupLocation, renderEach } from '../scim-api/render/groups.ts'
import { etag } from '../scim-api/versions.ts'
import { groupById } from '../store/groups.ts'
import { membersPage } from '../store/memberships.ts'
import { workspaceBySlug } from '../store/workspaces.ts'
import type { AdminLibrary } from './surface.ts'

/** Members that are shown of a group. */
const SHOWN = 1_000

/** A group in the very words of the SCIM endpoint, with its first members. */
export async function readRawGroup({ store, baseUrl }: AdminLibrary, slug: string, id: string) {
  const workspace = (await workspaceBySlug(store, slug))?.key
  const group = workspace === undefined ? undefined : await groupById(store, workspace, id)
  if (workspace === undefined || !group) return undefined
  const { rows } = await membersPage(store, workspace, group.key, { search: '', after: 0, limit: SHOWN })
  const rendering = { reader: store, workspace, baseUrl, projection: WHOLE }
  const [text = '{}'] = await renderEach(rendering, [{ group, members: rows.map(({ key }) => key) }])
  return {
    resource: JSON.parse(text) as Record<string, Json>,
    members: group.member_count,
    location: groupLocation(baseUrl, id),
    version: etag(group.version),
  }
}
