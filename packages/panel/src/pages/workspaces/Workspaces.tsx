import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay, useMe } from '../../api/may.ts'
import { service } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { HealthBadge } from '../../parts/HealthBadge.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago } from '../../parts/Time.tsx'
import { NewWorkspace } from './NewWorkspace.tsx'
import { worstFirst } from './order.ts'

/** Is anything wrong anywhere? */
export function Workspaces() {
  const { t } = useLanguage()
  const { search = '', after } = useSearch({ from: '/signed-in/workspaces' })
  const navigate = useNavigate({ from: '/workspaces' })
  const [creating, setCreating] = useState(false)
  const may = useMay()
  const me = useMe()
  const mayCreate = me.kind === 'operator' && may('workspaces:write')
  const query = useQuery(service.workspaces({ search, after }))
  const create = mayCreate && (
    <Button look="primary" onClick={() => setCreating(true)}>
      {t.workspaces.create}
    </Button>
  )
  return (
    <Page title={t.workspaces.title} says={t.workspaces.says} actions={create}>
      <Search
        label={t.workspaces.search}
        value={search}
        onSearch={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
      />
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            <List workspaces={worstFirst(items)} searched={search !== ''} />
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
