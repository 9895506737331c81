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

/** Name and password; the address too, where the invitation does not say whose it is. An account has its name already. */
export function AcceptForm({ secret, invited }: { readonly secret: string; readonly invited: Invited }) {
  const { t, format } = useLanguage()
  const { hasAccount } = invited
  const navigate = useNavigate()
  const client = useQueryClient()
  const [name, setName] = useState(invited.name ?? '')
  const [email, setEmail] = useState(invited.email ?? '')
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () => {
      const who = { ...(!hasAccount && { name }), ...(invited.email === null && { email }) }
      return session.acceptInvitation({ secret, password, ...who })
    },
    onSuccess: async ({ user, signedIn }) => {
      client.clear()
      const isIn = signedIn || (await isSignedIn(user.id))
      await navigate(isIn ? { to: '/', replace: true } : { to: '/sign-in', search: { accepted: true }, replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <p>{t.invite.as(t.roles[invited.role], format.list(invited.workspaces))}</p>
      {hasAccount && <p>{t.invite.hasAccount}</p>}
      {accept.error && <Failure error={accept.error} />}
      {!hasAccount && (
        <TextField
          label={t.invite.name}
          autoComplete="name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
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
        type="password"
        {...(hasAccount
          ? { autoComplete: 'current-password' }
          : {
              hint: t.invite.passwordHint(SHORTEST_PASSWORD),
              autoComplete: 'new-password',
              minLength: SHORTEST_PASSWORD,
            })}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={accept.isPending}>
        {hasAccount ? t.invite.actWithAccount : t.invite.act}
      </Button>
      {hasAccount && <p className="quiet small">{t.invite.notMine}</p>}
    </form>
  )
}

/** Where it cannot be asked, the sign-in page says why. */
async function isSignedIn(user: string): Promise<boolean> {
  const found = await session.get().catch(() => null)
  return found?.user.id === user
}
