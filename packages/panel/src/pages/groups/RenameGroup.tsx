import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'

interface Props {
  readonly workspace: string
  readonly group: Group
  readonly onClose: () => void
}

export function RenameGroup({ workspace, group, onClose }: Props) {
  const { t } = useLanguage()
  const [displayName, setDisplayName] = useState(group.displayName)
  const rename = useWrite<Group>(
    () => ({ method: 'PATCH', path: of(workspace).at('groups', group.id), body: { displayName } }),
    { said: t.groups.renamed(displayName), onDone: onClose },
  )
  return (
    <Modal open onClose={onClose} title={t.groups.renameOf(group.displayName)}>
      <DialogForm
        act={t.groups.rename}
        write={rename}
        disabled={displayName === group.displayName || displayName.trim() === ''}
        onClose={onClose}
      >
        <TextField
          label={t.groups.name}
          required
          maxLength={1_024}
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
      </DialogForm>
    </Modal>
  )
}
