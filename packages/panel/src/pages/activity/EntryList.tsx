import { Link } from '@tanstack/react-router'
import type { ActivityEntry } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Ago } from '../../parts/Time.tsx'
import { Status } from './Status.tsx'

/** One sentence a row. */
export function EntryList({ workspace, entries }: { workspace: string; entries: readonly ActivityEntry[] }) {
  const { t, language, format } = useLanguage()
  return (
    <ol className="entries" aria-label={t.activity.title}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <Link to="/w/$workspace/activity/$entry" params={{ workspace, entry: entry.id }} className="entry">
            <Status status={entry.status} />
            <span className="entry-what">
              <span className="entry-sentence">{entry.sentence[language]}</span>
              {entry.detail !== null && (
                <span className="cell-more" lang="en">
                  {entry.detail}
                </span>
              )}
              <span className="cell-more">
                {entry.method} {entry.route}
                {entry.token !== null && ` · ${entry.token}`}
                {entry.count > 1 && ` · ${t.activity.times(format.number(entry.count))}`}
              </span>
            </span>
            <span className="entry-when quiet">
              <Ago at={entry.lastAt} />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
