import type { SetupLink } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import type { Items } from './lists.ts'
import { isRefusedAs, unlessUnknown } from './refusals.ts'

export function remoteSetupLinks(remote: Remote): Library['setupLinks'] {
  return {
    list: async (slug) => (await remote.call<Items<SetupLink>>('GET', inWorkspace(slug, 'setup-links'))).items,
    create: (slug, link) => remote.call('POST', inWorkspace(slug, 'setup-links'), { body: link }),
    revoke: (slug, id, { token }) => {
      const query = { token: token ? 'revoke' : 'keep' }
      const revoked = remote.call<SetupLink>('DELETE', inWorkspace(slug, 'setup-links', id), { query })
      return unlessUnknown(revoked, isRefusedAs('setup_link_unknown'))
    },
  }
}
