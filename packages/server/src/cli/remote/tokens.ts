import type { Token } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import type { Items } from './lists.ts'

export function remoteTokens(remote: Remote): Library['tokens'] {
  return {
    list: async (slug) => (await remote.call<Items<Token>>('GET', inWorkspace(slug, 'tokens'))).items,
    issue: (slug, { label, provider, lifetime }) => {
      const expiresAt = lifetime === undefined ? undefined : new Date(Date.now() + lifetime).toISOString()
      return remote.call('POST', inWorkspace(slug, 'tokens'), { body: { label, provider, expiresAt } })
    },
    revoke: async (slug, id) => {
      await remote.call('DELETE', inWorkspace(slug, 'tokens', id))
      return true
    },
    end: (slug, id, at) =>
      remote.call('POST', inWorkspace(slug, 'tokens', id, 'retire'), { body: { at: new Date(at).toISOString() } }),
  }
}
