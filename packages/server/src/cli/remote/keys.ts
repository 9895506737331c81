import type { ApiKey } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, pathOf, type Remote } from './call.ts'
import type { Items } from './lists.ts'

export function remoteKeys(remote: Remote): Library['keys'] {
  const at = (slug: string | null, ...more: readonly string[]): string =>
    slug === null ? pathOf('keys', ...more) : inWorkspace(slug, 'keys', ...more)
  return {
    issue: ({ name, scopes, workspace, expiresAt }) => {
      const end = expiresAt === null ? null : new Date(expiresAt).toISOString()
      return remote.call('POST', at(workspace), { body: { name, scopes, expiresAt: end } })
    },
    list: async (slug) => (await remote.call<Items<ApiKey>>('GET', at(slug))).items,
    revoke: (slug, id) => remote.call('DELETE', at(slug, id)),
  }
}
