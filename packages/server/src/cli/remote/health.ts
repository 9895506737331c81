import type { Health } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { listed } from './lists.ts'

/** Health as the admin API answers it. */
type Answered = Omit<Health, 'since' | 'lastContact'> & {
  readonly since: string | null
  readonly lastContact: string | null
}

export function remoteHealth(remote: Remote): Library['health'] {
  return {
    list: async () => {
      const query = { health: 'true' }
      const all = await listed<{ readonly slug: string; readonly health: Answered }>(remote, '/workspaces', query)
      return all.map(({ slug, health }) => ({ workspace: slug, health: toHealth(health) }))
    },
    ofWorkspace: async (slug) => toHealth(await remote.call<Answered>('GET', inWorkspace(slug, 'health'))),
  }
}

function toHealth({ since, lastContact, ...health }: Answered): Health {
  return { ...health, since: momentOf(since), lastContact: momentOf(lastContact) }
}

function momentOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text)
}
