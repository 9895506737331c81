import { useQuery } from '@tanstack/react-query'
import { of } from '../../api/queries.ts'
import type { Token } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Ago } from '../../parts/Time.tsx'

/** Reasons of an integration that are about a token which has ended. */
const ENDED: ReadonlySet<string> = new Set(['token_expired', 'token_revoked'])

/** A token that has ended and is used all the same, and those that end soon. */
export function Warnings({ workspace, tokens }: { readonly workspace: string; readonly tokens: readonly Token[] }) {
  const { t, language } = useLanguage()
  const reason = useQuery(of(workspace).health()).data?.reason
  return (
    <>
      {reason && ENDED.has(reason.code) && (
        <Notice tone="bad" title={reason[language]}>
          <p>{t.tokens.endedSays}</p>
        </Notice>
      )}
      {tokens
        .filter(({ state }) => state === 'expiring')
        .map((token) => (
          <Notice
            key={token.id}
            tone="warn"
            title={
              <>
                {t.tokens.expiring(token.label)} <Ago at={token.expiresAt} />
              </>
            }
          >
            <p>{t.tokens.expiringSays}</p>
          </Notice>
        ))}
    </>
  )
}
