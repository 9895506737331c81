import type { AuditEntry } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, pathOf, type Remote } from './call.ts'
import { firstListed } from './lists.ts'

export function remoteAudit(remote: Remote): Library['audit'] {
  return {
    list: (slug, { most, reads }) => {
      const path = slug === null ? pathOf('audit') : inWorkspace(slug, 'audit')
      // An older service knows no such question, and has no reads to leave out.
      return firstListed<AuditEntry>(remote, path, reads ? { reads: 'true' } : {}, most)
    },
  }
}
