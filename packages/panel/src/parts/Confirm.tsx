import type { ReactNode } from 'react'
import type { ApiProblem } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from './Button.tsx'
import { Failure } from './Failure.tsx'
import { Modal } from './Modal.tsx'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says: ReactNode
  /** What the button does. */
  readonly act: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: ApiProblem | null
  readonly onConfirm: () => void
  readonly children?: ReactNode
}

/** Asks before something is done that cannot be taken back. */
export function Confirm({ open, onClose, title, says, act, danger = false, busy, error, onConfirm, children }: Props) {
  const { t } = useLanguage()
  return (
    <Modal open={open} onClose={onClose} title={title} says={says}>
      {children}
      {error && <Failure error={error} />}
      <div className="modal-actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
          {act}
        </Button>
      </div>
    </Modal>
  )
}
