import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type Invited, session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'

/** As the service asks for it. */
export const SHORTEST_PASSWORD = 12

/** Name and password; the address too, where the invitation does not say whose it is. */
export function AcceptForm({ secret, invited }: { readonly secret: string; readonly invited: Invited }) {
  const { t, format } = useLanguage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [name, setName] = useState(invited.name ?? '')
  const [email, setEmail] = useState(invited.email ?? '')
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () => session.acceptInvitation({ secret, name, password, ...(invited.email === null && { email }) }),
    onSuccess: async () => {
      client.clear()
      await navigate({ to: '/', replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <p>{t.invite.as(t.roles[invited.role], format.list(invited.workspaces))}</p>
      {accept.error && <Failure error={accept.error} />}
      <TextField
        label={t.invite.name}
        autoComplete="name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t.signIn.email}
        type="email"
        autoComplete="username"
        required
        readOnly={invited.email !== null}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={t.signIn.password}
        hint={t.invite.passwordHint(SHORTEST_PASSWORD)}
        type="password"
        autoComplete="new-password"
        minLength={SHORTEST_PASSWORD}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={accept.isPending}>
        {t.invite.act}
      </Button>
    </form>
  )
}
