import type { IssuedToken } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Modal } from '../../parts/Modal.tsx'

/** The one time that a token's text is shown. */
export function IssuedOnce({ issued, onClose }: { readonly issued: IssuedToken; readonly onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Modal open onClose={onClose} title={issued.token.label} says={t.tokens.once} stays>
      <CopyValue label={t.connect.token} text={issued.text} />
      <div className="modal-actions">
        <Button look="primary" onClick={onClose}>
          {t.tokens.copied}
        </Button>
      </div>
    </Modal>
  )
}
