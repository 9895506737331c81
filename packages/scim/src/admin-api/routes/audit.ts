import type { AuditPage as Trail } from '../../provisioning/audit/audit.ts'
import { PAGE, placeOf, toNext } from '../page.ts'
import { route } from '../route.ts'
import { AuditPage, AuditQuery } from '../schemas/audit.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import type { AdminLibrary } from '../surface.ts'
import { withTimes } from '../times.ts'

export const readAudit = route(
  {
    operation: 'readAudit',
    method: 'get',
    path: '/audit',
    summary: 'What was done, or refused, to the service itself, or read of it, the newest first',
    access: { scope: 'audit:read', level: 'service' },
    query: AuditQuery,
    answer: AuditPage,
  },
  async ({ library, query }) => page(library, null, query),
)

export const readWorkspaceAudit = route(
  {
    operation: 'readWorkspaceAudit',
    method: 'get',
    path: '/workspaces/{workspace}/audit',
    summary: 'What was done, or refused, or read in a workspace, the newest first',
    access: { scope: 'audit:read', level: 'workspace' },
    params: WorkspaceParams,
    query: AuditQuery,
    answer: AuditPage,
  },
  async ({ library, params: { workspace }, query }) => page(library, workspace, query),
)

async function page({ audit }: AdminLibrary, workspace: string | null, { after, reads, limit = PAGE }: AuditQuery) {
  const { entries, next } = await audit.list(workspace, { before: placeOf(after, 'text'), reads, limit })
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
