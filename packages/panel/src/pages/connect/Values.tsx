import type { Guide } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { filled } from './fill.ts'

interface Props {
  /** The provider's own fields; absent until its guide is there. */
  readonly fields: Guide['values'] | undefined
  readonly scimUrl: string
  readonly token: string | undefined
  /** How a token is issued here; absent for whoever may not. */
  readonly issue:
    | { readonly path: string; readonly body?: object; readonly onIssued: (text: string) => void }
    | undefined
  /** Issuing ends the token that was issued before. */
  readonly replaces?: boolean
}

/** What goes into the provider's form. */
export function Values({ fields, scimUrl, token, issue, replaces = false }: Props) {
  const { t } = useLanguage()
  const plain: Guide['values'] = [
    { name: 'baseUrl', label: t.connect.address, text: '{{baseUrl}}' },
    { name: 'token', label: t.connect.token, text: '{{token}}' },
  ]
  const write = useWrite<{ text: string }>(
    () => ({ method: 'POST', path: issue?.path ?? '', body: issue?.body ?? {} }),
    { said: t.tokens.issued, onDone: ({ text }) => issue?.onIssued(text) },
  )
  return (
    <section className="card stack" aria-label={t.connect.values}>
      <h2>{t.connect.values}</h2>
      {write.error && <Failure error={write.error} />}
      {(fields ?? plain).map(({ name, label, text }) => {
        const value = filled(text, { baseUrl: scimUrl, token })
        return value !== undefined && <CopyValue key={name} label={label} text={value} />
      })}
      {token === undefined ? (
        <div className="row">
          {issue === undefined ? (
            <p className="quiet">{t.connect.mayNotIssue}</p>
          ) : (
            <>
              <Button look="primary" busy={write.isPending} onClick={() => write.mutate()}>
                {t.connect.issue}
              </Button>
              <span className="quiet">{replaces ? t.setup.replaces : t.connect.issueSays}</span>
            </>
          )}
        </div>
      ) : (
        <p className="quiet small">{t.tokens.once}</p>
      )}
    </section>
  )
}
