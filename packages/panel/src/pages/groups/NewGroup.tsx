import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
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
  return (
    <Modal open onClose={onClose} title={t.groups.create} says={t.groups.createSays}>
      <DialogForm act={t.groups.create} write={create} onClose={onClose}>
        <TextField
          label={t.groups.name}
          required
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
      </DialogForm>
    </Modal>
  )
}
