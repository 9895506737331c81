import { useState } from 'react'
import type { Invitation } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ShownOnce } from '../../parts/ShownOnce.tsx'

export function InviteAdmin({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { t } = useLanguage()
  const [email, setEmail] = useState('')
  const invite = useWrite<Invitation>(() => ({ method: 'POST', path, body: { email } }))
  return (
    <Modal open onClose={onClose} title={t.admins.invite} says={t.admins.inviteSays} stays={invite.isSuccess}>
      {invite.data ? (
        <ShownOnce
          label={t.admins.link}
          text={invite.data.url}
          says={t.admins.linkSays}
          done={t.done}
          onClose={onClose}
        />
      ) : (
        <DialogForm act={t.admins.invite} write={invite} onClose={onClose}>
          <TextField
            label={t.signIn.email}
            type="email"
            required
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </DialogForm>
      )}
    </Modal>
  )
}
