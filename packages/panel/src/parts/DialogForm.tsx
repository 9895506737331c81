import type { FormEvent, ReactNode } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import { Button } from './Button.tsx'
import { Failure } from './Failure.tsx'

interface Props {
  /** What pressing its button does. */
  readonly act: string
  readonly write: { readonly error: Error | null; readonly isPending: boolean; readonly mutate: () => void }
  readonly disabled?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The fields of a dialog, with what was wrong with them before, and the way on or out. */
export function DialogForm({ act, write, disabled = false, onClose, children }: Props) {
  const { t } = useLanguage()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    write.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      {write.error && <Failure error={write.error} />}
      {children}
      <div className="modal-actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button type="submit" look="primary" busy={write.isPending} disabled={disabled}>
          {act}
        </Button>
      </div>
    </form>
  )
}
