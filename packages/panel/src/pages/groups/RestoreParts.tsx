import type { RestorePreview } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Notice } from '../../parts/Notice.tsx'

/** What a restore would do, by name. */
export function RestoreParts({ preview }: { readonly preview: RestorePreview }) {
  const { t } = useLanguage()
  const { added, removed, missing } = preview
  return (
    <div className="stack" role="status">
      {added.count + removed.count === 0 && (
        <Notice tone="ok">
          <p>{t.restore.same}</p>
        </Notice>
      )}
      <Part title={t.restore.added(added.count)} part={added} />
      <Part title={t.restore.removed(removed.count)} part={removed} />
      <Part title={t.restore.missing(missing.count)} part={missing} />
    </div>
  )
}

function Part({ title, part }: { readonly title: string; readonly part: RestorePreview['added'] }) {
  const { t } = useLanguage()
  if (part.count === 0) return null
  const more = part.count - part.people.length
  return (
    <details open={part.count <= 20}>
      <summary>{title}</summary>
      <ul className="names">
        {part.people.map(({ id, displayName }) => (
          <li key={id}>{displayName || <code>{id}</code>}</li>
        ))}
        {more > 0 && <li className="quiet">{t.more(more)}</li>}
      </ul>
    </details>
  )
}
