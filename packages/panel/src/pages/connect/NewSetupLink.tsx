import { type FormEvent, useState } from 'react'
import { of } from '../../api/queries.ts'
import { type IssuedSetupLink, PROVIDERS, type Provider } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { ChoiceField, TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'

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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <Modal open onClose={onClose} title={t.setupLinks.create} says={t.setupLinks.createSays} stays={create.isSuccess}>
      {create.data ? (
        <>
          <CopyValue label={t.setupLinks.link} text={create.data.url} />
          <p className="quiet">{t.setupLinks.once}</p>
          <div className="modal-actions">
            <Button look="primary" onClick={onClose}>
              {t.done}
            </Button>
          </div>
        </>
      ) : (
        <form className="form" onSubmit={submit}>
          {create.error && <Failure error={create.error} />}
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
          <div className="modal-actions">
            <Button onClick={onClose}>{t.cancel}</Button>
            <Button type="submit" look="primary" busy={create.isPending}>
              {t.setupLinks.create}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}
