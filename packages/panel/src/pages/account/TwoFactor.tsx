import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Section } from '../../parts/Page.tsx'
import { TwoFactorSecret } from './TwoFactorSecret.tsx'

/** A second factor by an authenticator app: a code proves that the app has the secret before it is asked for. */
export function TwoFactor() {
  const { t } = useLanguage()
  const announce = useAnnounce()
  const [password, setPassword] = useState('')
  const enable = useMutation({ mutationFn: () => session.enableTwoFactor(password) })
  const disable = useMutation({
    mutationFn: () => session.disableTwoFactor(password),
    onSuccess: () => {
      setPassword('')
      announce(t.account.twoFactorOff)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enable.mutate()
  }
  const done = () => {
    enable.reset()
    setPassword('')
    announce(t.account.twoFactorOn)
  }
  const error = enable.error ?? disable.error
  return (
    <Section title={t.account.twoFactor} says={t.account.twoFactorSays}>
      {enable.data ? (
        <TwoFactorSecret uri={enable.data.totpURI} codes={enable.data.backupCodes} onDone={done} />
      ) : (
        <form className="form" onSubmit={submit}>
          {error && <Failure error={error} />}
          <TextField
            label={t.account.currentPassword}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <div className="row">
            <Button type="submit" look="primary" busy={enable.isPending}>
              {t.account.enable}
            </Button>
            <Button busy={disable.isPending} disabled={password === ''} onClick={() => disable.mutate()}>
              {t.account.disable}
            </Button>
          </div>
        </form>
      )}
    </Section>
  )
}
