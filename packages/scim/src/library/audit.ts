import {
  type AuditIntent,
  type AuditPage,
  type BegunAudit,
  beginAudit,
  listAudit,
  type NewAuditEntry,
  writeAudit,
} from '../provisioning/audit/audit.ts'
import type { Context } from '../provisioning/call.ts'
import { limitOf, textOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** Who did what to a workspace, by its slug, or, for null, to the service. Kept for 365 days. */
export interface Audit {
  /**
   * Answers the entry's id, `aud_…`. What is about a workspace that is not there, as after its removal, is kept in the
   * service's trail, with the slug.
   */
  write(entry: NewAuditEntry): Promise<string>
  /**
   * Writes what is about to be done, before it is; its `settle` says how it ended. Where that is never called, as after a
   * crash, the entry stays without a status: nobody knows.
   */
  begin(intent: AuditIntent): Promise<BegunAudit>
  /**
   * The newest first, before the entry `before`: that which the page before answered as `next`. Entries of reads are left
   * out unless `reads` asks for them.
   */
  list(
    workspace: string | null,
    query?: { readonly before?: string | undefined; readonly reads?: boolean | undefined; readonly limit?: number },
  ): Promise<AuditPage>
}

const PAGE = 50

export function auditOf(context: Context): Audit {
  return {
    write: (entry) => writeAudit(context, entry),
    begin: (intent) => beginAudit(context, intent),
    list: async (slug, { before, reads, limit } = {}) => {
      const workspace = slug === null ? null : await existingWorkspace(context, slug)
      const start = before === undefined ? undefined : textOf('The last id', before)
      return listAudit(context, workspace, { before: start, reads, limit: limitOf(limit, PAGE) })
    },
  }
}
