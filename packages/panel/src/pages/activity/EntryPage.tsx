import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import type { ActivityDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Code } from '../../parts/Code.tsx'
import { CopyButton } from '../../parts/Copy.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { At } from '../../parts/Time.tsx'
import { Difference } from './Difference.tsx'
import { Messages } from './Messages.tsx'
import { Rules } from './Rules.tsx'
import { Status } from './Status.tsx'

/** One request, understood in ten seconds. */
export function EntryPage() {
  const { t, language } = useLanguage()
  const { workspace, entry } = useParams({ from: '/signed-in/w/$workspace/activity/$entry' })
  const query = useQuery(of(workspace).entry(entry))
  const back = (
    <Link to="/w/$workspace/activity" params={{ workspace }} search={{}} className="way-back">
      <Icon name="back" />
      {t.activity.title}
    </Link>
  )
  return (
    <Page
      title={query.data?.sentence[language] ?? t.activity.entry}
      back={back}
      actions={<CopyButton text={location.href} what={t.activity.permalink} shows={t.activity.copyLink} />}
    >
      <Loaded query={query}>{(data) => <Detail workspace={workspace} entry={data} />}</Loaded>
    </Page>
  )
}

function Detail({ workspace, entry }: { readonly workspace: string; readonly entry: ActivityDetail }) {
  const { t } = useLanguage()
  return (
    <>
      {entry.status >= 400 && <Refusal entry={entry} />}
      <What workspace={workspace} entry={entry} />
      {entry.effect !== null && <Difference workspace={workspace} entry={entry} />}
      <Rules rules={entry.dialectRules} ignored={entry.ignored} />
      <Messages workspace={workspace} entry={entry} />
      <Section title={t.activity.repeat} says={t.activity.repeatSays}>
        {entry.curlNeedsBody && <Notice tone="warn" title={t.activity.bodyWanted} />}
        <Code label="curl" text={entry.curl} />
      </Section>
    </>
  )
}

function Refusal({ entry }: { readonly entry: ActivityDetail }) {
  const { t, language } = useLanguage()
  return (
    <Notice
      tone={entry.status >= 500 ? 'bad' : 'warn'}
      title={entry.detail === null ? t.activity.outcomes.failed : <span lang="en">{entry.detail}</span>}
    >
      {entry.explanation !== null && <p>{entry.explanation[language]}</p>}
      {entry.fix !== null && (
        <p>
          <strong>{t.failure.fix}</strong> {entry.fix[language]}
        </p>
      )}
    </Notice>
  )
}

function What({ workspace, entry }: { readonly workspace: string; readonly entry: ActivityDetail }) {
  const { t, format } = useLanguage()
  const { group, person, lookup } = entry
  return (
    <div className="card">
      <Facts
        facts={[
          [t.activity.outcome, <Status key="status" status={entry.status} />],
          [t.activity.when, <At key="at" at={entry.at} />],
          [t.activity.lasted, `${format.number(entry.milliseconds)} ms`],
          [t.activity.seen, entry.count > 1 && t.activity.times(format.number(entry.count))],
          [t.activity.route, <code key="route">{`${entry.method} ${entry.route}`}</code>],
          [t.activity.token, entry.token],
          [t.activity.client, entry.client],
          [t.activity.address, entry.address],
          [t.activity.filter, lookup?.filter && <code>{lookup.filter}</code>],
          [t.activity.found, lookup && format.number(lookup.found)],
          [
            t.activity.group,
            group && (
              <Link to="/w/$workspace/groups/$group" params={{ workspace, group: group.id }} search={{}}>
                {group.displayName}
              </Link>
            ),
          ],
          [
            t.activity.person,
            person && (
              <Link to="/w/$workspace/people/$person" params={{ workspace, person: person.id }} search={{}}>
                {person.displayName ?? person.id}
              </Link>
            ),
          ],
          [
            t.activity.problem,
            entry.problem && <a href={`/docs/reference/errors#${entry.problem}`}>{entry.problem}</a>,
          ],
          [t.activity.reference, <code key="id">{entry.id}</code>],
        ]}
      />
    </div>
  )
}
