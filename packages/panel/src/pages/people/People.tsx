import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Person } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ChoiceField } from '../../parts/Field.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { PersonBadge } from '../../parts/PersonBadge.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { PEOPLE_STATES } from '../../search.ts'
import { AddPeople } from './AddPeople.tsx'

/** Find a person. */
export function People() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/people' })
  const { search = '', state, after } = useSearch({ from: '/signed-in/w/$workspace/people' })
  const navigate = useNavigate({ from: '/w/$workspace/people' })
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const query = useQuery(of(workspace).people({ search, state, after }))
  const add = may('people:write') && <Button onClick={() => setAdding(true)}>{t.people.add}</Button>
  const choose = (value: string) =>
    void navigate({ search: (now) => ({ search: now.search ?? '', state: value as 'account' }), replace: true })
  return (
    <Page title={t.people.title} says={t.people.says} actions={add}>
      <div className="toolbar">
        <Search
          label={t.people.search}
          value={search}
          onSearch={(text) => void navigate({ search: { search: text, ...(state && { state }) }, replace: true })}
        />
        <ChoiceField
          label={t.people.state}
          value={state ?? ''}
          choices={[
            { value: '', label: t.all },
            ...PEOPLE_STATES.map((value) => ({ value, label: t.people.states[value] })),
          ]}
          onChoose={choose}
        />
      </div>
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            <List workspace={workspace} people={items} filtered={search !== '' || state !== undefined} />
            <AddressPager after={after} next={next} />
          </div>
        )}
      </Loaded>
      {adding && <AddPeople workspace={workspace} onClose={() => setAdding(false)} />}
    </Page>
  )
}

interface ListProps {
  readonly workspace: string
  readonly people: readonly Person[]
  readonly filtered: boolean
}

function List({ workspace, people, filtered }: ListProps) {
  const { t } = useLanguage()
  if (people.length === 0)
    return filtered ? <Empty title={t.nothingFound} /> : <Empty title={t.people.none}>{t.people.noneSays}</Empty>
  const columns: Column<Person>[] = [
    {
      title: t.people.name,
      cell: ({ id, displayName, userName }) => (
        <Link to="/w/$workspace/people/$person" params={{ workspace, person: id }} search={{}}>
          {displayName || userName}
        </Link>
      ),
    },
    { title: t.people.userName, cell: ({ userName }) => userName },
    { title: t.people.state, cell: (person) => <PersonBadge person={person} /> },
    { title: t.groups.id, cell: ({ id }) => <code className="small">{id}</code> },
  ]
  return <Table label={t.people.title} columns={columns} rows={people} idOf={({ id }) => id} />
}
