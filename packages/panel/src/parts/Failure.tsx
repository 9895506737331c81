import { ApiProblem } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from './Button.tsx'

interface Props {
  readonly error: unknown
  readonly retry?: () => void
}

/** What went wrong, what to do about it, and the reference to quote. */
export function Failure({ error, retry }: Props) {
  const { t } = useLanguage()
  const { title, detail } = wordsOf(error, t.failure)
  const problem = error instanceof ApiProblem ? error : undefined
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-title">{title}</p>
      {detail !== title && <p lang={problem && problem.code !== 'offline' ? problem.language : undefined}>{detail}</p>}
      {problem?.fix && (
        <p>
          <strong>{t.failure.fix}</strong> {problem.fix}
        </p>
      )}
      {problem?.problems && (
        <ul>
          {problem.problems.slice(0, 5).map((one) => (
            <li key={one.path + one.reason}>
              <code>{one.path}</code> <span lang="en">{one.reason}</span>
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

interface Words {
  readonly title: string
  readonly offline: string
  readonly offlineDetail: string
}

function wordsOf(error: unknown, words: Words): { readonly title: string; readonly detail: string } {
  if (!(error instanceof ApiProblem)) return { title: words.title, detail: String(error) }
  if (error.code === 'offline') return { title: words.offline, detail: words.offlineDetail }
  return {
    title: error.heading ?? words.title,
    detail: error.message || `HTTP ${error.status}`,
  }
}
