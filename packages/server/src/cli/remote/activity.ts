import type { Library, ListedEntry } from '../library.ts'
import { PAGE } from '../pages.ts'
import { inWorkspace, type Remote } from './call.ts'
import { type Items, listed } from './lists.ts'

/** An entry as the admin API answers it. */
type Answered = Omit<ListedEntry, 'fix'> & { readonly fix: { readonly en: string } | null }

export function remoteActivity(remote: Remote): Library['activity'] {
  const outcomeOf = (failed: boolean) => ({ outcome: failed ? 'failed' : undefined })
  return {
    list: async (slug, { failed, limit }) => {
      const path = inWorkspace(slug, 'activity')
      return (await listed<Answered>(remote, path, outcomeOf(failed), limit)).map(toEntry)
    },
    after: async (slug, { after, failed }) => {
      const query = { ...outcomeOf(failed), since: after === '' ? undefined : after, limit: PAGE }
      return (await remote.call<Items<Answered>>('GET', inWorkspace(slug, 'activity'), { query })).items.map(toEntry)
    },
  }
}

function toEntry({ fix, ...entry }: Answered): ListedEntry {
  return { ...entry, fix: fix?.en ?? null }
}
