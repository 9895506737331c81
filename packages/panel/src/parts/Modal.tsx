import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import { Icon } from './Icon.tsx'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says?: ReactNode
  readonly children: ReactNode
  /** Whether a press beside it leaves it open, since what it shows is not shown again. */
  readonly stays?: boolean
  readonly wide?: boolean
}

/** A dialog, which keeps the focus until it is closed and then gives it back. */
export function Modal({ open, onClose, title, says, children, stays = false, wide = false }: Props) {
  const { t } = useLanguage()
  return (
    <Dialog.Root open={open} onOpenChange={(now) => now || onClose()} disablePointerDismissal={stays}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={wide ? 'modal modal-wide' : 'modal'}>
          <div className="modal-head">
            <Dialog.Title className="modal-title">{title}</Dialog.Title>
            <Dialog.Close className="button button-quiet modal-close" aria-label={t.close}>
              <Icon name="bad" />
            </Dialog.Close>
          </div>
          {says !== undefined && <Dialog.Description className="modal-says">{says}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
