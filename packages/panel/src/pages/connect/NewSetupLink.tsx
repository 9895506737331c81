import { useState } from 'react'
import { of } from '../../api/queries.ts'
import { type IssuedSetupLink, PROVIDERS, type Provider } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { ChoiceField, TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ShownOnce } from '../../parts/ShownOnce.tsx'

interface Props {
  readonly workspace: string
  readonly provider: Provider
  readonly onClose: () => void
}

export function NewSetupLink({ workspace, provider: first, onClose }: Props) {
  const { t } = useLanguage()
  const [provider, setProvider] = useState<Provider>(first)
  const [note, setNote] = useState('')
  const create = useWrite<IssuedSetupLink>(() => ({
    method: 'POST',
    path: of(workspace).at('setup-links'),
    body: { provider, ...(note.trim() !== '' && { note }) },
  }))
  return (
    <Modal open onClose={onClose} title={t.setupLinks.create} says={t.setupLinks.createSays} stays={create.isSuccess}>
      {create.data ? (
        <ShownOnce
          label={t.setupLinks.link}
          text={create.data.url}
          says={t.setupLinks.once}
          done={t.done}
          onClose={onClose}
        />
      ) : (
        <DialogForm act={t.setupLinks.create} write={create} onClose={onClose}>
          <ChoiceField
            label={t.connect.provider}
            value={provider}
            choices={PROVIDERS.map((value) => ({ value, label: t.providers[value] }))}
            onChoose={(value) => setProvider(value as Provider)}
          />
          <TextField
            label={t.setupLinks.note}
            hint={t.setupLinks.noteHint}
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.target.value)}
          />
        </DialogForm>
      )}
    </Modal>
  )
}
