import { Link } from '@tanstack/react-router'
import type { Checklist, ChecklistItem } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Ago } from '../../parts/Time.tsx'

const TONES: Record<ChecklistItem['state'], Tone> = { open: 'idle', done: 'ok', failed: 'bad' }

interface Props {
  readonly checklist: Checklist
  /** Where an entry of the activity can be looked at; nowhere for an outside contact. */
  readonly workspace?: string
}

/** How far it is, as real requests show it while somebody clicks. */
export function ChecklistCard({ checklist, workspace }: Props) {
  const { t } = useLanguage()
  const done = checklist.items.filter(({ state }) => state === 'done').length
  return (
    <section className="card stack" aria-label={t.checklist.title}>
      <h2>{t.checklist.title}</h2>
      <p className="quiet small" role="status">
        {t.checklist.progress(done, checklist.items.length)}
      </p>
      <ol className="checklist">
        {checklist.items.map((item) => (
          <Item key={item.step} item={item} workspace={workspace} />
        ))}
      </ol>
      <p className="quiet small">{t.checklist.live}</p>
    </section>
  )
}

function Item({ item, workspace }: { readonly item: ChecklistItem; readonly workspace: string | undefined }) {
  const { t, language } = useLanguage()
  return (
    <li className={`checklist-item checklist-${item.state}`}>
      <div className="row">
        <Badge tone={TONES[item.state]}>{t.checklist.states[item.state]}</Badge>
        <strong>{t.checklist.steps[item.step]}</strong>
      </div>
      {item.cause && <p>{item.cause[language]}</p>}
      {item.fix && (
        <p>
          <strong>{t.failure.fix}</strong> {item.fix[language]}
        </p>
      )}
      {item.at !== null && (
        <p className="quiet small">
          <Ago at={item.at} />
          {workspace !== undefined && item.activity !== null && (
            <>
              {' · '}
              <Link to="/w/$workspace/activity/$entry" params={{ workspace, entry: item.activity }}>
                {t.overview.showRequest}
              </Link>
            </>
          )}
        </p>
      )}
    </li>
  )
}
