import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'

interface Props {
  readonly next: string
  readonly onEntered: () => Promise<void>
  readonly onCode: () => void
}

export function PasswordForm({ next, onEntered, onCode }: Props) {
  const { t } = useLanguage()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const methods = useQuery({ queryKey: ['sign-in methods'], queryFn: session.methods, staleTime: 60_000, retry: false })
  const signIn = useMutation({
    mutationFn: () => session.signIn(email, password),
    onSuccess: (answer) => (answer.twoFactorRedirect ? onCode() : onEntered()),
  })
  const away = useMutation({
    mutationFn: () => session.signInElsewhere(next),
    onSuccess: ({ url }) => location.assign(url),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      {signIn.error && <Failure error={signIn.error} />}
      {away.error && <Failure error={away.error} />}
      <TextField
        label={t.signIn.email}
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={t.signIn.password}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={signIn.isPending}>
        {t.signIn.act}
      </Button>
      {methods.data?.oidc && (
        <Button busy={away.isPending} onClick={() => away.mutate()}>
          {t.signIn.elsewhere(methods.data.oidc.name)}
        </Button>
      )}
      <p className="quiet small">{t.signIn.forgotten}</p>
    </form>
  )
}
