import type { HistoryEntry } from '@optimaite/scim'
import type { Past } from '../library.ts'
import { firstOfSubject } from '../pages.ts'
import type { Remote } from './call.ts'
import type { Items } from './lists.ts'

interface Page extends Items<HistoryEntry> {
  readonly group?: Past['subject']
  readonly person?: Past['subject']
}

/** The newest entries of a history, page by page. */
export function past(remote: Remote, path: string, most: number): Promise<Past> {
  return firstOfSubject(most, async (after: string | undefined, limit) => {
    const { group, person, items, next } = await remote.call<Page>('GET', path, { query: { after, limit } })
    return { subject: (group ?? person) as Past['subject'], items, next }
  })
}
