import { useState } from 'react'
import { of } from '../../api/queries.ts'
import { type IssuedToken, PROVIDERS, type Provider } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { ChoiceField, TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { inDays, LIFETIMES } from './expiry.ts'

interface Props {
  readonly workspace: string
  readonly onClose: () => void
  readonly onIssued: (issued: IssuedToken) => void
}

export function NewToken({ workspace, onClose, onIssued }: Props) {
  const { t } = useLanguage()
  const [provider, setProvider] = useState<Provider>('entra')
  const [label, setLabel] = useState<string>()
  const [days, setDays] = useState(365)
  const shownLabel = label ?? t.providers[provider]
  const issue = useWrite<IssuedToken>(
    () => ({
      method: 'POST',
      path: of(workspace).at('tokens'),
      body: { label: shownLabel, provider, expiresAt: inDays(days) },
    }),
    { said: t.tokens.issued, onDone: onIssued },
  )
  return (
    <Modal open onClose={onClose} title={t.tokens.issue} says={t.tokens.issueSays}>
      <DialogForm act={t.tokens.issue} write={issue} onClose={onClose}>
        <ChoiceField
          label={t.tokens.provider}
          value={provider}
          choices={PROVIDERS.map((value) => ({ value, label: t.providers[value] }))}
          onChoose={(value) => setProvider(value as Provider)}
        />
        <TextField
          label={t.tokens.label}
          hint={t.tokens.labelHint}
          required
          maxLength={200}
          value={shownLabel}
          onChange={(event) => setLabel(event.target.value)}
        />
        <ChoiceField
          label={t.tokens.lifetime}
          value={days}
          choices={LIFETIMES.map((value) => ({ value: String(value), label: t.days(value) }))}
          onChoose={(value) => setDays(Number(value))}
        />
      </DialogForm>
    </Modal>
  )
}
