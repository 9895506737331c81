import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import { Timeline } from '../../history/Timeline.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Loaded } from '../../parts/Loaded.tsx'

export function PersonHistoryTab({ workspace, person }: { readonly workspace: string; readonly person: string }) {
  const { after } = useSearch({ from: '/signed-in/w/$workspace/people/$person' })
  const query = useQuery(of(workspace).personHistory(person, { after }))
  return (
    <Loaded query={query}>
      {({ items, next }) => (
        <div>
          <Timeline workspace={workspace} entries={items} about="person" />
          <AddressPager after={after} next={next} />
        </div>
      )}
    </Loaded>
  )
}
