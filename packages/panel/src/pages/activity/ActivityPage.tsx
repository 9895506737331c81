import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { live } from '../../api/live.ts'
import { of } from '../../api/queries.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { fromLocal } from '../../i18n/localTime.ts'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import type { ActivityFilter } from '../../search.ts'
import { EntryList } from './EntryList.tsx'
import { Filters } from './Filters.tsx'

/** What providers ask, as it arrives; the first page follows by itself. */
export function ActivityPage() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/activity' })
  const filter = useSearch({ from: '/signed-in/w/$workspace/activity' })
  const navigate = useNavigate({ from: '/w/$workspace/activity' })
  const { from, to, after, ...rest } = filter
  const following = after === undefined
  const query = useQuery({
    ...of(workspace).activity({ ...rest, after, from: fromLocal(from), to: fromLocal(to) }),
    ...(following ? live : {}),
  })
  const change = (changes: ActivityFilter) =>
    void navigate({ search: ({ after: _, ...now }) => ({ ...now, ...changes }), replace: true, resetScroll: false })
  return (
    <Page
      title={t.activity.title}
      says={t.activity.says}
      actions={following && <Badge tone="ok">{t.activity.live}</Badge>}
    >
      <Filters workspace={workspace} filter={filter} onChange={change} onClear={() => void navigate({ search: {} })} />
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            {items.length === 0 ? <None filter={filter} /> : <EntryList workspace={workspace} entries={items} />}
            <AddressPager after={after} next={next} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function None({ filter }: { readonly filter: ActivityFilter }) {
  const { t } = useLanguage()
  if (filter.person !== undefined || filter.group !== undefined)
    return <Empty title={t.nothingFound}>{t.activity.noneOfThem}</Empty>
  const filtered = Object.keys(filter).some((name) => name !== 'after')
  return <Empty title={filtered ? t.nothingFound : t.activity.none}>{!filtered && t.activity.noneSays}</Empty>
}
