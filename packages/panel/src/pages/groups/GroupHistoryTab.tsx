import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { of } from '../../api/queries.ts'
import { Timeline } from '../../history/Timeline.tsx'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'

interface Props {
  readonly workspace: string
  readonly group: string
  readonly onRestore: ((at: string) => void) | undefined
}

export function GroupHistoryTab({ workspace, group, onRestore }: Props) {
  const { t } = useLanguage()
  const { after } = useSearch({ from: '/signed-in/w/$workspace/groups/$group' })
  const query = useQuery(of(workspace).groupHistory(group, { after }))
  return (
    <Loaded query={query}>
      {({ items, next, incarnations }) => (
        <div className="stack">
          {incarnations.length > 0 && (
            <Notice tone="idle" title={t.groups.incarnations}>
              <ul className="plain-list">
                {incarnations.map(({ id, displayName, deletedAt }) => (
                  <li key={id}>
                    <Link
                      to="/w/$workspace/groups/$group"
                      params={{ workspace, group: id }}
                      search={{ tab: 'history' }}
                    >
                      {displayName}
                    </Link>{' '}
                    <span className="quiet">{deletedAt === null ? t.groups.there : t.groups.deleted}</span>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <Timeline workspace={workspace} entries={items} about="group" onRestore={onRestore} />
          <AddressPager after={after} next={next} />
        </div>
      )}
    </Loaded>
  )
}
