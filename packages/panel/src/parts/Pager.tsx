import { useLanguage } from '../i18n/language.tsx'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

/** Which page a cursor was reached from: cursors lead on, never back. */
const before = new Map<string, string>()

interface Props {
  readonly after: string | undefined
  readonly next: string | null
  readonly onGo: (after: string | undefined) => void
}

/** The way through pages of a list; nothing where all is on one. */
export function Pager({ after, next, onGo }: Props) {
  const { t } = useLanguage()
  if (after === undefined && next === null) return null
  const forth = (cursor: string) => {
    before.set(cursor, after ?? '')
    onGo(cursor)
  }
  return (
    <nav className="pager" aria-label={t.pager.label}>
      <Button disabled={after === undefined} onClick={() => onGo(undefined)}>
        {t.pager.first}
      </Button>
      <Button
        disabled={after === undefined || !before.has(after)}
        onClick={() => onGo(before.get(after ?? '') || undefined)}
      >
        <Icon name="back" />
        {t.pager.back}
      </Button>
      <Button disabled={next === null} onClick={() => next !== null && forth(next)}>
        {t.pager.next}
        <Icon name="next" />
      </Button>
    </nav>
  )
}
