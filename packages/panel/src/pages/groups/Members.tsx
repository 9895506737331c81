import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Group, Member } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { MemberBadge } from '../../parts/MemberBadge.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { AddMembers } from './AddMembers.tsx'
import { nameOf, RemoveMember } from './RemoveMember.tsx'

/** A page of members at a time, however many there are; of a group that no provider manages, they are put together here. */
export function Members({ workspace, group }: { readonly workspace: string; readonly group: Group }) {
  const { t } = useLanguage()
  const { search = '', after } = useSearch({ from: '/signed-in/w/$workspace/groups/$group' })
  const navigate = useNavigate({ from: '/w/$workspace/groups/$group' })
  const mayWrite = useMay()('groups:write') && !group.managed
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Member>()
  const query = useQuery(of(workspace).members(group.id, { search, after }))
  const columns: Column<Member>[] = [
    {
      title: t.groups.member,
      cell: ({ id, displayName, userName }) => (
        <>
          <Link to="/w/$workspace/people/$person" params={{ workspace, person: id }} search={{ why: group.id }}>
            {displayName || userName || <code>{id}</code>}
          </Link>
          {displayName && userName && <span className="cell-more">{userName}</span>}
        </>
      ),
    },
    { title: t.groups.memberState, cell: ({ state }) => <MemberBadge state={state} /> },
    { title: t.groups.id, cell: ({ id }) => <code className="small">{id}</code> },
  ]
  if (mayWrite)
    columns.push({
      title: t.actions,
      bare: true,
      cell: (member) => (
        <div className="cell-actions">
          <Button onClick={() => setLeaving(member)} aria-label={`${t.groups.takeOut}: ${nameOf(member)}`}>
            {t.groups.takeOut}
          </Button>
        </div>
      ),
    })
  return (
    <div className="stack">
      <div className="toolbar">
        <Search
          label={t.groups.searchMembers}
          value={search}
          onSearch={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
        />
        {mayWrite && <Button onClick={() => setAdding(true)}>{t.groups.fill}</Button>}
      </div>
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            {items.length === 0 ? (
              <Empty title={search === '' ? t.groups.noMembers : t.nothingFound} />
            ) : (
              <Table label={t.groups.members} columns={columns} rows={items} idOf={({ id }) => id} />
            )}
            <AddressPager after={after} next={next} stays />
          </div>
        )}
      </Loaded>
      {adding && <AddMembers workspace={workspace} group={group} onClose={() => setAdding(false)} />}
      {leaving && (
        <RemoveMember workspace={workspace} group={group} member={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </div>
  )
}
