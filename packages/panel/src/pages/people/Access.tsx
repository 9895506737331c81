import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import type { Membership } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { MemberBadge } from '../../parts/MemberBadge.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { ManagedBadge } from '../groups/Groups.tsx'
import { Why } from './Why.tsx'

interface Props {
  readonly workspace: string
  readonly person: string
  readonly known: boolean
}

/** A person's memberships, and the question why, of any group. */
export function Access({ workspace, person, known }: Props) {
  const { t } = useLanguage()
  const { why } = useSearch({ from: '/signed-in/w/$workspace/people/$person' })
  const navigate = useNavigate({ from: '/w/$workspace/people/$person' })
  const query = useQuery({ ...of(workspace).memberships(person), enabled: known })
  const ask = (group: string) =>
    void navigate({ search: (now) => ({ ...now, why: group }), replace: true, resetScroll: false })
  return (
    <div className="stack">
      <Why workspace={workspace} person={person} group={why} groups={query.data?.items ?? []} onAsk={ask} />
      {known && (
        <Section title={t.people.memberships}>
          <Loaded query={query}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t.people.noMemberships} />
              ) : (
                <List workspace={workspace} memberships={items} />
              )
            }
          </Loaded>
        </Section>
      )}
    </div>
  )
}

function List({ workspace, memberships }: { workspace: string; memberships: readonly Membership[] }) {
  const { t } = useLanguage()
  const columns: Column<Membership>[] = [
    {
      title: t.groups.group,
      cell: ({ id, displayName }) => (
        <Link to="/w/$workspace/groups/$group" params={{ workspace, group: id }} search={{}}>
          {displayName}
        </Link>
      ),
    },
    { title: t.groups.memberState, cell: ({ state }) => <MemberBadge state={state} /> },
    { title: t.groups.managedBy, cell: ({ managed }) => <ManagedBadge managed={managed} /> },
    {
      title: t.people.why,
      bare: true,
      cell: ({ id, displayName }) => (
        <div className="cell-actions">
          <Link
            to="."
            search={{ why: id } as never}
            replace
            resetScroll={false}
            className="button button-quiet"
            aria-label={t.people.whyOf(displayName)}
          >
            {t.people.why}
          </Link>
        </div>
      ),
    },
  ]
  return <Table label={t.people.memberships} columns={columns} rows={memberships} idOf={({ id }) => id} />
}
