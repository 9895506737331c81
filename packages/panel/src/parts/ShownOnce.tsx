import { Button } from './Button.tsx'
import { CopyValue } from './Copy.tsx'

interface Props {
  readonly label: string
  readonly text: string
  readonly says?: string
  /** What the button says that ends it. */
  readonly done: string
  readonly onClose: () => void
}

/** A secret in a dialog, the one time that it is there. */
export function ShownOnce({ label, text, says, done, onClose }: Props) {
  return (
    <>
      <CopyValue label={label} text={text} />
      {says !== undefined && <p className="quiet">{says}</p>}
      <div className="modal-actions">
        <Button look="primary" onClick={onClose}>
          {done}
        </Button>
      </div>
    </>
  )
}
