import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Token } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { ChoiceField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { inDays } from './expiry.ts'

interface Props {
  readonly workspace: string
  readonly token: Token
  /** The one that takes its place has not been seen in use. */
  readonly unproved?: boolean
  readonly onClose: () => void
}

const DELAYS = [0, 1, 7] as const

export function RetireToken({ workspace, token, unproved = false, onClose }: Props) {
  const { t } = useLanguage()
  const [days, setDays] = useState(0)
  const retire = useWrite(
    () => ({
      method: 'POST',
      path: of(workspace).at('tokens', token.id, 'retire'),
      body: days === 0 ? {} : { at: inDays(days) },
    }),
    { said: t.tokens.retired(token.label), onDone: onClose },
  )
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.tokens.retireOf(token.label)}
      says={t.tokens.retireSays}
      act={t.tokens.retire}
      danger
      busy={retire.isPending}
      error={retire.error}
      onConfirm={() => retire.mutate()}
    >
      {unproved && (
        <Notice tone="warn">
          <p>{t.tokens.unproved}</p>
        </Notice>
      )}
      <ChoiceField
        label={t.tokens.when}
        value={days}
        choices={DELAYS.map((value) => ({ value: String(value), label: value === 0 ? t.tokens.now : t.inDays(value) }))}
        onChoose={(value) => setDays(Number(value))}
      />
    </Confirm>
  )
}
