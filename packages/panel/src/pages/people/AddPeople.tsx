import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Upserted } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { TextArea } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { rowsOf } from './rows.ts'

/** For whoever has no host application yet that adds people. */
export function AddPeople({ workspace, onClose }: { readonly workspace: string; readonly onClose: () => void }) {
  const { t } = useLanguage()
  const [text, setText] = useState('')
  const rows = rowsOf(text)
  const add = useWrite<Upserted>(
    () => ({ method: 'POST', path: of(workspace).at('people', 'bulk'), body: { people: rows } }),
    { said: t.people.added(rows.length), onDone: onClose },
  )
  return (
    <Modal open onClose={onClose} title={t.people.add} says={t.people.addSays}>
      <DialogForm act={t.people.addThem(rows.length)} write={add} disabled={rows.length === 0} onClose={onClose}>
        <TextArea
          label={t.people.lines}
          hint={t.people.linesHint}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </DialogForm>
    </Modal>
  )
}
