import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { PersonDetail } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'

interface Props {
  readonly workspace: string
  readonly person: PersonDetail
  readonly onClose: () => void
}

/** Takes a person's names out of everything. It cannot be taken back, so the userName is asked for. */
export function ErasePerson({ workspace, person, onClose }: Props) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const erase = useWrite(() => ({ method: 'POST', path: of(workspace).at('people', person.id, 'erase') }), {
    said: t.people.erased,
    onDone: () => void navigate({ to: '/w/$workspace/people', params: { workspace }, search: {} }),
  })
  return (
    <Modal
      open
      onClose={onClose}
      title={t.people.eraseOf(person.displayName || person.userName)}
      says={t.people.eraseSays}
    >
      {erase.error && <Failure error={erase.error} />}
      <TextField
        label={t.people.eraseType(person.userName)}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="modal-actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button look="danger" busy={erase.isPending} disabled={text !== person.userName} onClick={() => erase.mutate()}>
          {t.people.erase}
        </Button>
      </div>
    </Modal>
  )
}
