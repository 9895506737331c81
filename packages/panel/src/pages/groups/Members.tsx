import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import type { Group, Member } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { MemberBadge } from '../../parts/MemberBadge.tsx'
import { Search } from '../../parts/Search.tsx'
import { type Column, Table } from '../../parts/Table.tsx'

/** A page of members at a time, however many there are. */
export function Members({ workspace, group }: { readonly workspace: string; readonly group: Group }) {
  const { t } = useLanguage()
  const { search = '', after } = useSearch({ from: '/signed-in/w/$workspace/groups/$group' })
  const navigate = useNavigate({ from: '/w/$workspace/groups/$group' })
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
  return (
    <div className="stack">
      <Search
        label={t.groups.searchMembers}
        value={search}
        onSearch={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
      />
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
    </div>
  )
}
