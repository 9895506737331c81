import type { Health } from '../api/types.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Badge, type Tone } from './Badge.tsx'

const TONES: Record<Health['state'], Tone> = {
  off: 'idle',
  waiting: 'wait',
  healthy: 'ok',
  failing: 'bad',
  silent: 'warn',
}

export function HealthBadge({ health, reason = false }: { readonly health: Health; readonly reason?: boolean }) {
  const { t, language } = useLanguage()
  return (
    <>
      <Badge tone={TONES[health.state]}>{t.health[health.state]}</Badge>
      {reason && <span className="cell-more">{health.reason[language]}</span>}
    </>
  )
}
