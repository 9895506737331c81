import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { CheckField, TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { slugOf } from './slug.ts'

export function NewWorkspace({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string>()
  const [scim, setScim] = useState(true)
  const shownSlug = slug ?? slugOf(name)
  const create = useWrite<Workspace>(
    () => ({ method: 'POST', path: '/workspaces', body: { slug: shownSlug, name, scim } }),
    {
      said: t.workspaces.created(name),
      onDone: ({ slug: made }) =>
        void navigate({ to: '/w/$workspace/connect', params: { workspace: made }, search: {} }),
    },
  )
  return (
    <Modal open={open} onClose={onClose} title={t.workspaces.create} says={t.workspaces.createSays}>
      <DialogForm act={t.workspaces.create} write={create} onClose={onClose}>
        <TextField
          label={t.workspaces.name}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="off"
        />
        <TextField
          label={t.workspaces.slug}
          hint={t.workspaces.slugHint}
          required
          pattern="[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
          value={shownSlug}
          onChange={(event) => setSlug(event.target.value)}
          autoComplete="off"
        />
        <CheckField
          label={t.workspaces.scim}
          hint={t.workspaces.scimHint}
          checked={scim}
          onChange={(event) => setScim(event.target.checked)}
        />
      </DialogForm>
    </Modal>
  )
}
