import type { Person } from '../api/types.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Badge } from './Badge.tsx'

export function PersonBadge({
  person: { state, suspended },
}: {
  readonly person: Pick<Person, 'state' | 'suspended'>
}) {
  const { t } = useLanguage()
  if (suspended) return <Badge tone="warn">{t.people.states.suspended}</Badge>
  if (state === 'pending') return <Badge tone="wait">{t.people.states.pending}</Badge>
  return <Badge tone="ok">{t.people.states.account}</Badge>
}
