import type { AuditPage as Trail } from '../../provisioning/audit/audit.ts'
import { PAGE, placeOf, toNext } from '../page.ts'
import { route } from '../route.ts'
import { AuditPage } from '../schemas/audit.ts'
import { PageQuery, WorkspaceParams } from '../schemas/common.ts'
import type { AdminLibrary } from '../surface.ts'
import { withTimes } from '../times.ts'

export const readAudit = route(
  {
    operation: 'readAudit',
    method: 'get',
    path: '/audit',
    summary: 'What was done, or refused, to the service itself, the newest first',
    access: { scope: 'audit:read', level: 'service' },
    query: PageQuery,
    answer: AuditPage,
  },
  async ({ library, query }) => page(library, null, query),
)

export const readWorkspaceAudit = route(
  {
    operation: 'readWorkspaceAudit',
    method: 'get',
    path: '/workspaces/{workspace}/audit',
    summary: 'What was done, or refused, in a workspace, the newest first',
    access: { scope: 'audit:read', level: 'workspace' },
    params: WorkspaceParams,
    query: PageQuery,
    answer: AuditPage,
  },
  async ({ library, params: { workspace }, query }) => page(library, workspace, query),
)

async function page({ audit }: AdminLibrary, workspace: string | null, { after, limit = PAGE }: PageQuery) {
  const { entries, next } = await audit.list(workspace, { before: placeOf(after, 'text'), limit })
  return { items: entries.map(toEntry), next: toNext(next) }
}

function toEntry(entry: Trail['entries'][number]) {
  const { details, actor } = entry
  return {
    ...withTimes(entry, 'at'),
    actor: { ...actor },
    details: (details ?? null) as Record<string, unknown> | null,
  }
}
