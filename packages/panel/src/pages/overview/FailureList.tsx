import { Link } from '@tanstack/react-router'
import type { FailureGroup } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Ago } from '../../parts/Time.tsx'

interface Props {
  readonly workspace: string
  readonly failures: readonly FailureGroup[]
  readonly more: boolean
}

/** What providers could not do and have not done since, grouped by its cause. */
export function FailureList({ workspace, failures, more }: Props) {
  const { t } = useLanguage()
  if (failures.length === 0) return null
  return (
    <div className="stack">
      {failures.map((failure) => (
        <Failed key={failure.problem} workspace={workspace} failure={failure} />
      ))}
      {more && <p className="quiet">{t.overview.moreFailures}</p>}
    </div>
  )
}

function Failed({ workspace, failure }: { readonly workspace: string; readonly failure: FailureGroup }) {
  const { t, format, language } = useLanguage()
  return (
    <article className="card problem">
      <h3>
        <span className="count">{format.number(failure.count)}</span> {failure.title[language]}
      </h3>
      <p>{failure.cause[language]}</p>
      <p>
        <strong>{t.failure.fix}</strong> {failure.fix[language]}
      </p>
      <p className="row">
        <span className="quiet">
          {t.overview.lastFailed} <Ago at={failure.last} />
        </span>
        <Link
          to="/w/$workspace/activity"
          params={{ workspace }}
          search={{ outcome: 'failed', problem: failure.problem }}
        >
          {t.overview.showRequests}
        </Link>
      </p>
    </article>
  )
}
