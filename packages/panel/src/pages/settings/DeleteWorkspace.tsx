import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Section } from '../../parts/Page.tsx'

export function DeleteWorkspace({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const remove = useWrite(() => ({ method: 'DELETE', path: of(workspace.slug).at() }), {
    said: t.settings.deleted(workspace.name),
    onDone: () => void navigate({ to: '/workspaces', search: {} }),
  })
  return (
    <Section title={t.settings.delete} says={t.settings.deleteSays}>
      <div>
        <Button onClick={() => setOpen(true)}>{t.settings.delete}</Button>
      </div>
      <Modal
        open={open}
        onClose={() => setOpen(false)}
        title={t.settings.deleteOf(workspace.name)}
        says={t.settings.deleteSays}
      >
        {remove.error && <Failure error={remove.error} />}
        <TextField
          label={t.settings.deleteType(workspace.slug)}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="modal-actions">
          <Button onClick={() => setOpen(false)}>{t.cancel}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            disabled={text !== workspace.slug}
            onClick={() => remove.mutate()}
          >
            {t.settings.delete}
          </Button>
        </div>
      </Modal>
    </Section>
  )
}
