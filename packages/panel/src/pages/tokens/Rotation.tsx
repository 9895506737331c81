import { useState } from 'react'
import type { Token } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Ago } from '../../parts/Time.tsx'
import { RetireToken } from './RetireToken.tsx'
import { isLive } from './TokenTable.tsx'

interface Props {
  readonly workspace: string
  readonly from: Token | undefined
  readonly to: Token | undefined
  readonly onEnd: () => void
}

/** A rotation that is under way: the old token is retired once the new one has been seen in use. */
export function Rotation({ workspace, from, to, onEnd }: Props) {
  const { t } = useLanguage()
  const [retiring, setRetiring] = useState(false)
  if (!from || !to) return null
  const proved = to.lastUsedAt !== null
  const ended = !isLive(from)
  return (
    <section className="card stack" aria-label={t.tokens.rotateOf(from.label)}>
      <h2>{t.tokens.rotateOf(from.label)}</h2>
      <ol className="checklist" aria-live="polite">
        <li>
          <Badge tone="ok">{t.checklist.states.done}</Badge> {t.tokens.stepIssued(to.label)}
        </li>
        <li>
          <Badge tone={proved ? 'ok' : 'wait'}>{proved ? t.checklist.states.done : t.tokens.waiting}</Badge>{' '}
          {to.lastUsedAt === null ? (
            t.tokens.stepWaiting
          ) : (
            <>
              {t.tokens.stepProved(to.lastUsedClient ?? t.providers[to.provider])} <Ago at={to.lastUsedAt} />
            </>
          )}
        </li>
        <li>
          <Badge tone={ended ? 'ok' : 'idle'}>{ended ? t.checklist.states.done : t.checklist.states.open}</Badge>{' '}
          {t.tokens.stepRetire(from.label)}
        </li>
      </ol>
      <div className="row">
        {!ended && (
          <Button look={proved ? 'primary' : 'plain'} onClick={() => setRetiring(true)}>
            {t.tokens.retireOld}
          </Button>
        )}
        <Button look={ended ? 'primary' : 'quiet'} onClick={onEnd}>
          {ended ? t.done : t.tokens.later}
        </Button>
      </div>
      {retiring && (
        <RetireToken workspace={workspace} token={from} unproved={!proved} onClose={() => setRetiring(false)} />
      )}
    </section>
  )
}
