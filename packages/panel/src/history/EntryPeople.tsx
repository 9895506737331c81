import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { of } from '../api/queries.ts'
import type { HistoryEntry, PersonName } from '../api/types.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from '../parts/Button.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Modal } from '../parts/Modal.tsx'
import { Pager } from '../parts/Pager.tsx'

/** The first people of a change, and the way to all of them. */
export function EntryPeople({ workspace, entry }: { readonly workspace: string; readonly entry: HistoryEntry }) {
  const { t } = useLanguage()
  const [all, setAll] = useState(false)
  if (entry.peopleCount === 0) return null
  return (
    <div className="row small">
      <People workspace={workspace} people={entry.people} />
      {entry.peopleCount > entry.people.length && (
        <Button look="quiet" className="small" onClick={() => setAll(true)}>
          {t.history.all(entry.peopleCount)}
        </Button>
      )}
      {all && <AllPeople workspace={workspace} entry={entry} onClose={() => setAll(false)} />}
    </div>
  )
}

function People({ workspace, people }: { readonly workspace: string; readonly people: readonly PersonName[] }) {
  return people.map(({ id, displayName }) => (
    <Link key={id} className="listed" to="/w/$workspace/people/$person" params={{ workspace, person: id }} search={{}}>
      {displayName || id}
    </Link>
  ))
}

function AllPeople({ workspace, entry, onClose }: { workspace: string; entry: HistoryEntry; onClose: () => void }) {
  const { t } = useLanguage()
  const [after, setAfter] = useState<string>()
  const query = useQuery(of(workspace).entryPeople(entry.position, { after }))
  return (
    <Modal open onClose={onClose} title={t.history.all(entry.peopleCount)}>
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <div className="row">
              <People workspace={workspace} people={items} />
            </div>
            <Pager after={after} next={next} onGo={setAfter} />
          </>
        )}
      </Loaded>
    </Modal>
  )
}
