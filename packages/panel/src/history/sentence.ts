import type { HistoryEntry } from '../api/types.ts'
import type { en } from '../i18n/en.ts'

/** A change in one sentence. */
export function whatHappened(entry: HistoryEntry, about: 'group' | 'person', t: typeof en): string {
  const { kind, peopleCount, details, group } = entry
  const name = group?.displayName ?? ''
  switch (kind) {
    case 'group_created':
      return t.history.created(name)
    case 'group_renamed':
      return t.history.renamed(details?.from ?? '?', details?.to ?? name)
    case 'members_added':
      if (details?.restored) return about === 'person' ? t.history.personRestored : t.history.restoredIn(peopleCount)
      return about === 'person' ? t.history.personAdded : t.history.added(peopleCount)
    case 'members_removed':
      if (details?.restored)
        return about === 'person' ? t.history.personRestoredOut : t.history.restoredOut(peopleCount)
      return about === 'person' ? t.history.personLeft : t.history.removed(peopleCount)
    case 'members_resolved':
      return about === 'person' ? t.history.personResolved : t.history.resolved(peopleCount)
    case 'group_external_id_changed':
      return t.history.externalId(details?.from ?? '–', details?.to ?? '–')
    default:
      return t.history.kinds[kind]
  }
}
