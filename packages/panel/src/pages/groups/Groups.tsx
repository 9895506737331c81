import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago } from '../../parts/Time.tsx'
import { NewGroup } from './NewGroup.tsx'

/** Find a group. */
export function Groups() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/groups' })
  const { search = '', after } = useSearch({ from: '/signed-in/w/$workspace/groups' })
  const navigate = useNavigate({ from: '/w/$workspace/groups' })
  const may = useMay()
  const [creating, setCreating] = useState(false)
  const query = useQuery(of(workspace).groups({ search, after }))
  const create = may('groups:write') && <Button onClick={() => setCreating(true)}>{t.groups.create}</Button>
  return (
    <Page title={t.groups.title} says={t.groups.says} actions={create}>
      <Search
        label={t.groups.search}
        value={search}
        onSearch={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
      />
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            <List workspace={workspace} groups={items} searched={search !== ''} />
            <AddressPager after={after} next={next} />
          </div>
        )}
      </Loaded>
      {creating && <NewGroup workspace={workspace} onClose={() => setCreating(false)} />}
    </Page>
  )
}

interface ListProps {
  readonly workspace: string
  readonly groups: readonly Group[]
  readonly searched: boolean
}

function List({ workspace, groups, searched }: ListProps) {
  const { t, format } = useLanguage()
  if (groups.length === 0)
    return searched ? (
      <Empty title={t.nothingFound} />
    ) : (
      <Empty title={t.groups.none}>
        <p>{t.groups.noneSays}</p>
        <Link to="/w/$workspace/connect" params={{ workspace }} search={{}}>
          {t.connect.title}
        </Link>
      </Empty>
    )
  const columns: Column<Group>[] = [
    {
      title: t.groups.name,
      cell: ({ id, displayName }) => (
        <Link to="/w/$workspace/groups/$group" params={{ workspace, group: id }} search={{}}>
          {displayName}
        </Link>
      ),
    },
    { title: t.groups.members, number: true, cell: ({ memberCount }) => format.number(memberCount) },
    { title: t.groups.managedBy, cell: ({ managed }) => <ManagedBadge managed={managed} /> },
    { title: t.groups.changed, cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  ]
  return <Table label={t.groups.title} columns={columns} rows={groups} idOf={({ id }) => id} />
}

export function ManagedBadge({ managed }: { readonly managed: boolean }) {
  const { t } = useLanguage()
  return <Badge tone={managed ? 'wait' : 'idle'}>{managed ? t.groups.managed : t.groups.local}</Badge>
}
