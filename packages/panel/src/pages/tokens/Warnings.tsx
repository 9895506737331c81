import type { Token } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Ago } from '../../parts/Time.tsx'

/** Tokens that end soon, and those that have ended while a provider still used them. */
export function Warnings({ tokens }: { readonly tokens: readonly Token[] }) {
  const { t } = useLanguage()
  return tokens
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
    ))
}
