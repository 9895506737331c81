import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import type { Health } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { HealthBadge } from '../../parts/HealthBadge.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { Ago } from '../../parts/Time.tsx'
import { HoldList } from './HoldList.tsx'
import { ProblemList } from './ProblemList.tsx'

/** Is it working, since when, and what is open? */
export function Overview() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/' })
  const { after } = useSearch({ from: '/signed-in/w/$workspace/' })
  const health = useQuery(of(workspace).health())
  return (
    <Page title={t.overview.title}>
      <Loaded query={health}>{(data) => <State workspace={workspace} health={data} />}</Loaded>
      <HoldList workspace={workspace} after={after} />
      <ProblemList workspace={workspace} />
    </Page>
  )
}

function State({ workspace, health }: { readonly workspace: string; readonly health: Health }) {
  const { t, format, language } = useLanguage()
  const { reason, since, lastContact, last24h } = health
  return (
    <section className="card stack" aria-label={t.overview.state}>
      <div className="state">
        <HealthBadge health={health} />
        <p className="state-reason">
          {reason[language]}
          {since !== null && (
            <span className="quiet">
              {' '}
              {t.overview.since} <Ago at={since} />.
            </span>
          )}
        </p>
        {reason.fix !== null && (
          <p className="state-reason">
            <strong>{t.failure.fix}</strong> {reason.fix[language]}
          </p>
        )}
        {reason.activity !== null && (
          <Link to="/w/$workspace/activity/$entry" params={{ workspace, entry: reason.activity }}>
            {t.overview.showRequest}
          </Link>
        )}
        {health.state === 'off' && (
          <Link to="/w/$workspace/settings" params={{ workspace }} search={{}}>
            {t.settings.title}
          </Link>
        )}
        {health.state === 'waiting' && (
          <Link to="/w/$workspace/connect" params={{ workspace }} search={{}} className="button button-primary">
            {t.overview.connect}
          </Link>
        )}
      </div>
      <Facts
        facts={[
          [t.workspaces.contact, lastContact === null ? t.never : <Ago key="contact" at={lastContact} />],
          [t.people.title, format.number(health.people)],
          [t.groups.title, format.number(health.groups)],
          [
            t.workspaces.day,
            <Link key="day" to="/w/$workspace/activity" params={{ workspace }} search={{}}>
              {t.workspaces.outcomes(format.number(last24h.ok), format.number(last24h.failed))}
            </Link>,
          ],
        ]}
      />
    </section>
  )
}
