import type { AuditEntry } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, pathOf, type Remote } from './call.ts'
import { firstListed } from './lists.ts'

export function remoteAudit(remote: Remote): Library['audit'] {
  return {
    list: (slug, most) =>
      firstListed<AuditEntry>(remote, slug === null ? pathOf('audit') : inWorkspace(slug, 'audit'), {}, most),
  }
}
