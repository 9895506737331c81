import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <Modal open={open} onClose={onClose} title={t.workspaces.create} says={t.workspaces.createSays}>
      <form className="form" onSubmit={submit}>
        {create.error && <Failure error={create.error} />}
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
        <div className="modal-actions">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t.workspaces.create}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
