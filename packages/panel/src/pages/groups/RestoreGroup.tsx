import { type FormEvent, useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Group, RestorePreview } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { fromLocal, toLocal } from '../../i18n/localTime.ts'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { RestoreParts } from './RestoreParts.tsx'

interface Props {
  readonly workspace: string
  readonly group: Group
  /** The moment to begin with; empty for none. */
  readonly at: string
  readonly onClose: () => void
}

/** An earlier membership: looked at first, then brought back as one change in the admin's name. */
export function RestoreGroup({ workspace, group, at: first, onClose }: Props) {
  const { t } = useLanguage()
  const [text, setText] = useState(first === '' ? '' : toLocal(first))
  // An input knows no milliseconds, and a change may be within the same second.
  const at = first !== '' && text === toLocal(first) ? first : fromLocal(text)
  const where = of(workspace).at('groups', group.id, 'restore')
  const preview = useWrite<RestorePreview>(() => ({ method: 'POST', path: `${where}/preview`, body: { at } }))
  const restore = useWrite(() => ({ method: 'POST', path: where, body: { at, confirm: preview.data?.key } }), {
    said: t.restore.done(group.displayName),
    onDone: onClose,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    restore.reset()
    preview.mutate()
  }
  const error = restore.error ?? preview.error
  const changes = preview.data && preview.data.added.count + preview.data.removed.count > 0
  return (
    <Modal open onClose={onClose} title={t.restore.of(group.displayName)} says={t.restore.says} wide>
      <form className="row restore-moment" onSubmit={submit}>
        <TextField
          label={t.restore.moment}
          type="datetime-local"
          step={1}
          required
          max={toLocal(new Date().toISOString())}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            preview.reset()
          }}
        />
        <Button type="submit" look={preview.data ? 'plain' : 'primary'} busy={preview.isPending}>
          {t.restore.preview}
        </Button>
      </form>
      {error && <Failure error={error} />}
      {preview.data && <RestoreParts preview={preview.data} />}
      {preview.data && changes && preview.data.pushedBy !== null && (
        <Notice tone="warn" title={t.restore.notTold}>
          <p>
            {t.restore.notToldSays} {t.restore.stop[preview.data.pushedBy]} {t.restore.putRight}
          </p>
        </Notice>
      )}
      <div className="modal-actions">
        <Button onClick={onClose}>{changes ? t.cancel : t.close}</Button>
        {changes && (
          <Button look="primary" busy={restore.isPending} onClick={() => restore.mutate()}>
            {t.restore.act}
          </Button>
        )}
      </div>
    </Modal>
  )
}
