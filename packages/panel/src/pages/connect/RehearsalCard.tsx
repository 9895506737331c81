import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/may.ts'
import { of, service } from '../../api/queries.ts'
import type { Provider, Rehearsal } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'

/** Plays what this provider sends against this very server, in a scratch workspace. */
export function RehearsalCard({ workspace, provider }: { readonly workspace: string; readonly provider: Provider }) {
  const { t } = useLanguage()
  const { features } = useMe()
  const { data } = useQuery({ ...service.rehearsals(), enabled: features.rehearsals })
  const play = useWrite<Rehearsal>(() => ({
    method: 'POST',
    path: of(workspace).at('rehearsals'),
    body: { provider },
  }))
  if (!data?.items.some(({ name }) => name === provider)) return null
  return (
    <section className="card stack" aria-label={t.rehearsal.title}>
      <h2>{t.rehearsal.title}</h2>
      <p className="quiet small">{t.rehearsal.says(t.providers[provider])}</p>
      <Button busy={play.isPending} onClick={() => play.mutate()}>
        {play.isPending ? t.rehearsal.playing : t.rehearsal.act(t.providers[provider])}
      </Button>
      {play.error && <Failure error={play.error} />}
      {play.data && <Result rehearsal={play.data} />}
    </section>
  )
}

function Result({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { t, language } = useLanguage()
  const held = rehearsal.steps.filter(({ ok }) => ok).length
  return (
    <>
      <p role="status">
        <Badge tone={rehearsal.ok ? 'ok' : 'bad'}>{t.rehearsal.result(held, rehearsal.total)}</Badge>
      </p>
      {rehearsal.stopped !== null && <p lang="en">{rehearsal.stopped}</p>}
      <ol className="rehearsal">
        {rehearsal.steps.map((step, index) => (
          <li key={step.number}>
            {step.phase.en !== rehearsal.steps[index - 1]?.phase.en && (
              <p className="quiet small">{step.phase[language]}</p>
            )}
            <div className="row">
              <Badge tone={step.ok ? 'ok' : 'bad'}>{step.status ?? '–'}</Badge>
              <span>{step.says[language]}</span>
            </div>
            <code className="small quiet">{step.request}</code>
            {step.problems.map((problem) => (
              <p key={problem} className="small" lang="en">
                {problem}
              </p>
            ))}
            {!step.ok && step.detail !== null && (
              <p className="small" lang="en">
                {step.detail}
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
