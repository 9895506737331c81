import type { Admin } from '../../sign-in/admins.ts'
import type { Library } from '../library.ts'
import { inWorkspace, pathOf, type Remote } from './call.ts'
import type { Items } from './lists.ts'

export function remoteAdmins(remote: Remote): Library['admins'] {
  const at = (slug: string | null, ...more: readonly string[]): string =>
    slug === null ? pathOf('admins', ...more) : inWorkspace(slug, 'admins', ...more)
  return {
    list: async (slug) => (await remote.call<Items<Admin>>('GET', at(slug))).items,
    invite: (slugs, admin) => {
      // Asked of the one workspace, a key of that workspace is enough.
      const [only, ...others] = slugs ?? []
      if (only !== undefined && others.length === 0) return remote.call('POST', at(only), { body: admin })
      return remote.call('POST', at(null), { body: { ...admin, ...(slugs && { workspaces: slugs }) } })
    },
    remove: (slug, id) => remote.call('DELETE', at(slug, id)),
  }
}
