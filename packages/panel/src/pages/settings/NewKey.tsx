import { useState } from 'react'
import { useMe } from '../../api/may.ts'
import type { IssuedApiKey, Scope } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { CheckField, ChoiceField, TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ShownOnce } from '../../parts/ShownOnce.tsx'
import { inDays, LIFETIMES } from '../tokens/expiry.ts'

/** What a host application needs. */
const USUAL: ReadonlySet<Scope> = new Set(['people:read', 'people:write', 'groups:read', 'changes:read'])

interface Props {
  readonly path: string
  readonly onClose: () => void
}

export function NewKey({ path, onClose }: Props) {
  const { t } = useLanguage()
  const { scopes: own } = useMe()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(own.filter((scope) => USUAL.has(scope)))
  const [days, setDays] = useState(365)
  const create = useWrite<IssuedApiKey>(() => ({
    method: 'POST',
    path,
    body: { name, scopes, expiresAt: days === 0 ? null : inDays(days) },
  }))
  const toggle = (scope: Scope, on: boolean) =>
    setScopes((now) => own.filter((one) => (one === scope ? on : now.includes(one))))
  if (create.data)
    return (
      <Modal open onClose={onClose} title={create.data.key.name} says={t.keys.once} stays>
        <ShownOnce label={t.keys.key} text={create.data.text} done={t.tokens.copied} onClose={onClose} />
      </Modal>
    )
  return (
    <Modal open onClose={onClose} title={t.keys.create} says={t.keys.createSays}>
      <DialogForm act={t.keys.create} write={create} disabled={scopes.length === 0} onClose={onClose}>
        <TextField
          label={t.keys.name}
          hint={t.keys.nameHint}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className="choices">
          <legend>{t.keys.scopes}</legend>
          {own.map((scope) => (
            <CheckField
              key={scope}
              label={t.keys.scopeNames[scope]}
              checked={scopes.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
            />
          ))}
        </fieldset>
        <ChoiceField
          label={t.tokens.lifetime}
          value={days}
          choices={[
            ...LIFETIMES.map((value) => ({ value: String(value), label: t.days(value) })),
            { value: '0', label: t.keys.noEnd },
          ]}
          onChoose={(value) => setDays(Number(value))}
        />
      </DialogForm>
    </Modal>
  )
}
