import type { MemberState } from '../api/types.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Badge, type Tone } from './Badge.tsx'

const TONES: Record<MemberState, Tone> = { effective: 'ok', suspended: 'warn', pending: 'wait', unresolved: 'bad' }

export function MemberBadge({ state }: { readonly state: MemberState }) {
  const { t } = useLanguage()
  return <Badge tone={TONES[state]}>{t.memberStates[state]}</Badge>
}
