import { Link } from '@tanstack/react-router'
import type { HistoryEntry } from '../api/types.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { At } from '../parts/Time.tsx'
import { EntryPeople } from './EntryPeople.tsx'
import { whatHappened } from './sentence.ts'

interface Props {
  readonly workspace: string
  readonly entries: readonly HistoryEntry[]
  /** What the page is about already, and so need not be said with each entry. */
  readonly about: 'group' | 'person'
  readonly onRestore?: ((at: string) => void) | undefined
}

/** What happened, by whom, and in which request; the newest first. */
export function Timeline({ workspace, entries, about, onRestore }: Props) {
  const { t } = useLanguage()
  if (entries.length === 0) return <Empty title={t.history.none} />
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id} className="card">
          <p className="timeline-what">{whatHappened(entry, about, t)}</p>
          {about === 'group' && <EntryPeople workspace={workspace} entry={entry} />}
          {about === 'person' && entry.group !== null && (
            <p>
              <Link
                to="/w/$workspace/groups/$group"
                params={{ workspace, group: entry.group.id }}
                search={{ tab: 'history' }}
              >
                {entry.group.displayName}
              </Link>
            </p>
          )}
          <p className="quiet small row">
            <At at={entry.at} />
            <span>{t.history.by[entry.actor.kind](entry.actor.label)}</span>
            {entry.request !== null && (
              <Link to="/w/$workspace/activity/$entry" params={{ workspace, entry: entry.request }}>
                {t.overview.showRequest}
              </Link>
            )}
            {entry.operation !== null && <span>{t.history.operation(entry.operation)}</span>}
            {onRestore && (
              <Button look="quiet" className="small" onClick={() => onRestore(justBefore(entry.at))}>
                {t.restore.before}
              </Button>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}

function justBefore(at: string): string {
  return new Date(Date.parse(at) - 1).toISOString()
}
