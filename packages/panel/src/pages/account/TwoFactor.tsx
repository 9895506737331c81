import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Badge } from '../../parts/Badge.tsx'
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
  const current = useQuery({ queryKey: ['session'], queryFn: session.get })
  const isOn = current.data?.user.twoFactorEnabled === true
  const enable = useMutation({ mutationFn: () => session.enableTwoFactor(password) })
  const disable = useMutation({
    mutationFn: () => session.disableTwoFactor(password),
    onSuccess: () => {
      setPassword('')
      void current.refetch()
      announce(t.account.twoFactorOff)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isOn) disable.mutate()
    else enable.mutate()
  }
  const done = () => {
    enable.reset()
    setPassword('')
    void current.refetch()
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
            <Button
              type="submit"
              look={isOn ? 'danger' : 'primary'}
              busy={enable.isPending || disable.isPending || current.isPending}
            >
              {isOn ? t.account.disable : t.account.enable}
            </Button>
            <Badge tone={isOn ? 'ok' : 'idle'}>{isOn ? t.account.twoFactorOn : t.account.twoFactorOff}</Badge>
          </div>
        </form>
      )}
    </Section>
  )
}
