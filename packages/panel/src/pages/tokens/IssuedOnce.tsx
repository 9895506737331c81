import type { IssuedToken } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ShownOnce } from '../../parts/ShownOnce.tsx'

/** The one time that a token's text is shown. */
export function IssuedOnce({ issued, onClose }: { readonly issued: IssuedToken; readonly onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Modal open onClose={onClose} title={issued.token.label} says={t.tokens.once} stays>
      <ShownOnce label={t.connect.token} text={issued.text} done={t.tokens.copied} onClose={onClose} />
    </Modal>
  )
}
