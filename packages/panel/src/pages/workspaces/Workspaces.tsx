import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay, useMe } from '../../api/may.ts'
import { service } from '../../api/queries.ts'
import type { Health, Workspace } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ChoiceField } from '../../parts/Field.tsx'
import { HealthBadge } from '../../parts/HealthBadge.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago } from '../../parts/Time.tsx'
import { HEALTH_STATES } from '../../search.ts'
import { NewWorkspace } from './NewWorkspace.tsx'

/** Is anything wrong anywhere? */
export function Workspaces() {
  const { t, format } = useLanguage()
  const { search = '', state, after } = useSearch({ from: '/signed-in/workspaces' })
  const navigate = useNavigate({ from: '/workspaces' })
  const [creating, setCreating] = useState(false)
  const may = useMay()
  const me = useMe()
  const mayCreate = me.kind === 'operator' && may('workspaces:write')
  const query = useQuery(service.workspaces({ search, state, after }))
  const states = query.data?.states
  const nameOf = (one: Health['state']) => `${t.health[one]}${states ? ` (${format.number(states[one])})` : ''}`
  const choose = (value: string) =>
    void navigate({ search: (now) => ({ search: now.search ?? '', state: value as 'failing' }), replace: true })
  const create = mayCreate && (
    <Button look="primary" onClick={() => setCreating(true)}>
      {t.workspaces.create}
    </Button>
  )
  return (
    <Page title={t.workspaces.title} says={t.workspaces.says} actions={create}>
      <div className="toolbar">
        <Search
          label={t.workspaces.search}
          value={search}
          onSearch={(text) => void navigate({ search: { search: text, ...(state && { state }) }, replace: true })}
        />
        <ChoiceField
          label={t.workspaces.state}
          value={state ?? ''}
          choices={[{ value: '', label: t.all }, ...HEALTH_STATES.map((value) => ({ value, label: nameOf(value) }))]}
          onChoose={choose}
        />
      </div>
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            <List workspaces={items} searched={search !== '' || state !== undefined} />
            <AddressPager after={after} next={next} />
          </div>
        )}
      </Loaded>
      {mayCreate && <NewWorkspace open={creating} onClose={() => setCreating(false)} />}
    </Page>
  )
}

function List({ workspaces, searched }: { readonly workspaces: readonly Workspace[]; readonly searched: boolean }) {
  const { t, format } = useLanguage()
  if (workspaces.length === 0)
    return searched ? (
      <Empty title={t.nothingFound} />
    ) : (
      <Empty title={t.workspaces.none}>{t.workspaces.noneSays}</Empty>
    )
  const columns: Column<Workspace>[] = [
    {
      title: t.workspaces.name,
      cell: ({ slug, name }) => (
        <>
          <Link to="/w/$workspace" params={{ workspace: slug }}>
            {name}
          </Link>
          <span className="cell-more">{slug}</span>
        </>
      ),
    },
    { title: t.workspaces.state, cell: ({ health }) => health && <HealthBadge health={health} reason /> },
    {
      title: t.workspaces.contact,
      cell: ({ health }) => (health?.lastContact ? <Ago at={health.lastContact} /> : t.never),
    },
    { title: t.people.title, number: true, cell: ({ health }) => health && format.number(health.people) },
    { title: t.groups.title, number: true, cell: ({ health }) => health && format.number(health.groups) },
    {
      title: t.workspaces.day,
      number: true,
      cell: ({ health }) =>
        health && t.workspaces.outcomes(format.number(health.last24h.ok), format.number(health.last24h.failed)),
    },
  ]
  return <Table label={t.workspaces.title} columns={columns} rows={workspaces} idOf={({ slug }) => slug} />
}
