import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'

export function Status({ status }: { readonly status: number }) {
  const { t } = useLanguage()
  return (
    <Badge tone={toneOf(status)}>
      <span className="unseen">{status < 400 ? t.activity.outcomes.ok : t.activity.outcomes.failed} </span>
      {status}
    </Badge>
  )
}

function toneOf(status: number): Tone {
  if (status < 400) return 'ok'
  return status < 500 ? 'warn' : 'bad'
}
