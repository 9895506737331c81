import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import { Timeline } from '../../history/Timeline.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Pager } from '../../parts/Pager.tsx'

export function PersonHistoryTab({ workspace, person }: { readonly workspace: string; readonly person: string }) {
  const { after } = useSearch({ from: '/signed-in/w/$workspace/people/$person' })
  const navigate = useNavigate({ from: '/w/$workspace/people/$person' })
  const query = useQuery(of(workspace).personHistory(person, { after }))
  return (
    <Loaded query={query}>
      {({ items, next }) => (
        <div>
          <Timeline workspace={workspace} entries={items} about="person" />
          <Pager
            after={after}
            next={next}
            onGo={(to) => void navigate({ search: (now) => ({ ...now, after: to ?? '' }) })}
          />
        </div>
      )}
    </Loaded>
  )
}
