import { Link } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'

/** While a provider is being set up, its mistakes are likeliest: the guard is off until somebody wants it. */
export function GuardOffer({ workspace: { slug, guard } }: { readonly workspace: Workspace }) {
  const { t } = useLanguage()
  const turnOn = useWrite<Workspace>(() => ({ method: 'PATCH', path: of(slug).at(), body: { guard: { on: true } } }), {
    said: t.guard.turnedOn(guard.limit),
  })
  if (guard.on) return null
  return (
    <section className="card stack" aria-labelledby="guard-offer">
      <h2 id="guard-offer">{t.guard.title}</h2>
      <p className="quiet small">{t.guard.says}</p>
      {turnOn.error && <Failure error={turnOn.error} />}
      <Button busy={turnOn.isPending} onClick={() => turnOn.mutate()}>
        {t.guard.turnOn(guard.limit)}
      </Button>
      <Link className="small" to="/w/$workspace/settings" params={{ workspace: slug }} search={{ tab: 'guard' }}>
        {t.guard.other}
      </Link>
    </section>
  )
}
