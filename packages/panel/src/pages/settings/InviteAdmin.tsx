import { type FormEvent, useState } from 'react'
import type { Invitation } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'

export function InviteAdmin({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { t } = useLanguage()
  const [email, setEmail] = useState('')
  const invite = useWrite<Invitation>(() => ({ method: 'POST', path, body: { email } }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <Modal open onClose={onClose} title={t.admins.invite} says={t.admins.inviteSays} stays={invite.isSuccess}>
      {invite.data ? (
        <>
          {invite.data.url === null ? (
            <p>{t.admins.canSignIn(email)}</p>
          ) : (
            <>
              <CopyValue label={t.admins.link} text={invite.data.url} />
              <p className="quiet">{t.admins.linkSays}</p>
            </>
          )}
          <div className="modal-actions">
            <Button look="primary" onClick={onClose}>
              {t.done}
            </Button>
          </div>
        </>
      ) : (
        <form className="form" onSubmit={submit}>
          {invite.error && <Failure error={invite.error} />}
          <TextField
            label={t.signIn.email}
            type="email"
            required
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <div className="modal-actions">
            <Button onClick={onClose}>{t.cancel}</Button>
            <Button type="submit" look="primary" busy={invite.isPending}>
              {t.admins.invite}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
