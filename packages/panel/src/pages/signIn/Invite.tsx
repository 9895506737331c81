import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Alone } from '../../shell/Alone.tsx'
import { useFragment } from '../../shell/fragment.ts'

const LEAST = 12

/** Somebody who was invited chooses a name and a password. Opening the page changes nothing. */
export function Invite() {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const secret = useFragment()
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const accept = useMutation({
    mutationFn: () => session.acceptInvitation({ secret, ...form }),
    onSuccess: async () => {
      client.clear()
      await navigate({ to: '/', replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate()
  }
  const field = (name: keyof typeof form) => ({
    value: form[name],
    required: true,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  return (
    <Alone>
      <Page title={t.invite.title} says={t.invite.says}>
        {secret === '' ? (
          <Notice tone="warn" title={t.invite.noSecret}>
            <p>{t.invite.noSecretSays}</p>
            <Link to="/sign-in" search={{}}>
              {t.signIn.title}
            </Link>
          </Notice>
        ) : (
          <form className="form" onSubmit={submit}>
            {accept.error && <Failure error={accept.error} />}
            <TextField label={t.invite.name} autoComplete="name" {...field('name')} />
            <TextField label={t.signIn.email} type="email" autoComplete="username" {...field('email')} />
            <TextField
              label={t.signIn.password}
              hint={t.invite.passwordHint(LEAST)}
              type="password"
              autoComplete="new-password"
              minLength={LEAST}
              {...field('password')}
            />
            <Button type="submit" look="primary" busy={accept.isPending}>
              {t.invite.act}
            </Button>
          </form>
        )}
      </Page>
    </Alone>
  )
}
