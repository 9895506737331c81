import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { PersonDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { PersonBadge } from '../../parts/PersonBadge.tsx'
import { Tabs } from '../../parts/Tabs.tsx'
import { PERSON_TABS } from '../../search.ts'
import { Access } from './Access.tsx'
import { ErasePerson } from './ErasePerson.tsx'
import { PersonHistoryTab } from './PersonHistoryTab.tsx'
import { Record } from './Record.tsx'

/** Why does somebody have, or lack, access? An id that nobody stands behind has an answer too. */
export function PersonPage() {
  const { t } = useLanguage()
  const { workspace, person } = useParams({ from: '/signed-in/w/$workspace/people/$person' })
  const { tab = 'access' } = useSearch({ from: '/signed-in/w/$workspace/people/$person' })
  const may = useMay()
  const [erasing, setErasing] = useState(false)
  const query = useQuery(of(workspace).person(person))
  const { data } = query
  const back = (
    <Link to="/w/$workspace/people" params={{ workspace }} search={{}} className="way-back">
      <Icon name="back" />
      {t.people.title}
    </Link>
  )
  const name = data ? data.displayName || data.userName : person
  const actions = data && may('people:write') && <Button onClick={() => setErasing(true)}>{t.people.erase}</Button>
  return (
    <Page title={name} back={back} actions={actions}>
      {data ? <Who person={data} /> : <Unknown loading={query.isPending} />}
      <Tabs label={name} current={tab} tabs={PERSON_TABS.map((one) => [one, t.people.tabs[one]] as const)} />
      {tab === 'access' && <Access workspace={workspace} person={person} known={data !== undefined} />}
      {tab === 'record' && <Loaded query={query}>{(found) => <Record person={found} />}</Loaded>}
      {tab === 'history' && <PersonHistoryTab workspace={workspace} person={person} />}
      {erasing && data && <ErasePerson workspace={workspace} person={data} onClose={() => setErasing(false)} />}
    </Page>
  )
}

function Who({ person }: { readonly person: PersonDetail }) {
  const { t } = useLanguage()
  const emails = person.emails.map(({ value, verified }) => (verified ? value : `${value} (${t.people.unverified})`))
  return (
    <>
      <Facts
        facts={[
          [t.people.state, <PersonBadge key="state" person={person} />],
          [t.people.userName, person.userName],
          [t.people.emails, emails.join(', ')],
          [t.groups.id, <code key="id">{person.id}</code>],
        ]}
      />
      {person.state === 'pending' && <p className="quiet">{t.people.pendingSays}</p>}
      {person.suspended && <p className="quiet">{t.people.suspendedSays}</p>}
    </>
  )
}

function Unknown({ loading }: { readonly loading: boolean }) {
  const { t } = useLanguage()
  return loading ? null : <p className="quiet">{t.people.unknown}</p>
}
