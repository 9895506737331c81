import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'

export function NewGroup({ workspace, onClose }: { readonly workspace: string; readonly onClose: () => void }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const [displayName, setDisplayName] = useState('')
  const create = useWrite<Group>(() => ({ method: 'POST', path: of(workspace).at('groups'), body: { displayName } }), {
    said: t.groups.created(displayName),
    onDone: ({ id }) =>
      void navigate({ to: '/w/$workspace/groups/$group', params: { workspace, group: id }, search: {} }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <Modal open onClose={onClose} title={t.groups.create} says={t.groups.createSays}>
      <form className="form" onSubmit={submit}>
        {create.error && <Failure error={create.error} />}
        <TextField
          label={t.groups.name}
          required
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
        <div className="modal-actions">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t.groups.create}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
