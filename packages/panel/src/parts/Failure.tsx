import { ApiProblem } from '../api/client.ts'
import type { Language } from '../api/types.ts'
import type { en } from '../i18n/en.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from './Button.tsx'

interface Props {
  readonly error: unknown
  readonly retry?: () => void
}

/** What went wrong, what to do about it, and the reference to quote. */
export function Failure({ error, retry }: Props) {
  const { t } = useLanguage()
  const { title, detail, detailLanguage } = wordsOf(error, t)
  const problem = error instanceof ApiProblem ? error : undefined
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-title">{title}</p>
      {detail !== title && <p lang={detailLanguage}>{detail}</p>}
      {problem?.fix && (
        <p>
          <strong>{t.failure.fix}</strong> {problem.fix}
        </p>
      )}
      {problem?.problems && (
        <ul>
          {problem.problems.slice(0, 5).map((one) => (
            <li key={one.path + one.reason}>
              <code>{one.path}</code> {one.reason}
            </li>
          ))}
        </ul>
      )}
      {problem?.request && (
        <p className="quiet">
          {t.failure.reference} <code>{problem.request}</code>
        </p>
      )}
      {retry && <Button onClick={retry}>{t.failure.again}</Button>}
    </div>
  )
}

interface Shown {
  readonly title: string
  readonly detail: string
  /** Where it is not that of the page. */
  readonly detailLanguage?: Language
}

/** The service's words are in the page's language where it has them; those of sign-in are said here. */
function wordsOf(error: unknown, t: typeof en): Shown {
  const { title, offline, offlineDetail } = t.failure
  if (!(error instanceof ApiProblem)) return { title, detail: String(error) }
  if (error.code === 'offline') return { title: offline, detail: offlineDetail }
  const known = t.signIn.refusals[error.code]
  if (known !== undefined) return { title, detail: known }
  return {
    title: error.heading ?? title,
    detail: error.message || `HTTP ${error.status}`,
    detailLanguage: error.language,
  }
}
