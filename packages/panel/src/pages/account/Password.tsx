import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useAnnounce } from '../../parts/Announcer.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Section } from '../../parts/Page.tsx'
import { SHORTEST_PASSWORD } from '../signIn/AcceptForm.tsx'

export function Password() {
  const { t } = useLanguage()
  const announce = useAnnounce()
  const [current, setCurrent] = useState('')
  const [wanted, setWanted] = useState('')
  const change = useMutation({
    mutationFn: () => session.changePassword(current, wanted),
    onSuccess: () => {
      setCurrent('')
      setWanted('')
      announce(t.account.passwordChanged)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Section title={t.account.password} says={t.account.passwordSays}>
      <form className="form" onSubmit={submit}>
        {change.error && <Failure error={change.error} />}
        <TextField
          label={t.account.currentPassword}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label={t.account.newPassword}
          hint={t.invite.passwordHint(SHORTEST_PASSWORD)}
          type="password"
          autoComplete="new-password"
          minLength={SHORTEST_PASSWORD}
          required
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <div>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t.account.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  )
}
