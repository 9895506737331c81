import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { safeNext } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Alone } from '../../shell/Alone.tsx'
import { CodeForm } from './CodeForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'

/** E-mail and password, then a code where the account asks for one. */
export function SignIn() {
  const { t } = useLanguage()
  const { next, error, accepted } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const [asksForCode, setAsksForCode] = useState(false)
  const enter = async () => {
    client.clear()
    await navigate({ to: safeNext(next), replace: true })
  }
  return (
    <Alone>
      <Page
        title={asksForCode ? t.signIn.codeTitle : t.signIn.title}
        says={asksForCode ? t.signIn.codeSays : undefined}
      >
        {error !== undefined && (
          <Notice tone="warn" title={t.signIn.refused}>
            <p>{t.signIn.refusedSays(error)}</p>
          </Notice>
        )}
        {accepted && !asksForCode && (
          <Notice tone="ok" title={t.invite.accepted}>
            <p>{t.invite.acceptedSays}</p>
          </Notice>
        )}
        {asksForCode ? (
          <CodeForm onEntered={enter} onBack={() => setAsksForCode(false)} />
        ) : (
          <PasswordForm next={safeNext(next)} onEntered={enter} onCode={() => setAsksForCode(true)} />
        )}
      </Page>
    </Alone>
  )
}
