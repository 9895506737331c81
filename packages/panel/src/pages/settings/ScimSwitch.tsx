import { Switch } from '@base-ui/react/switch'
import { useId, useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { Failure } from '../../parts/Failure.tsx'

/** Turns the SCIM endpoint on and, asking first, off. */
export function ScimSwitch({ workspace, allowed }: { readonly workspace: Workspace; readonly allowed: boolean }) {
  const { t } = useLanguage()
  const id = useId()
  const [asked, setAsked] = useState(false)
  const change = useWrite<Workspace, boolean>(
    (scim) => ({ method: 'PATCH', path: of(workspace.slug).at(), body: { scim } }),
    { said: t.settings.saved, onDone: () => setAsked(false) },
  )
  return (
    <>
      <div className="row">
        <Switch.Root
          className="switch"
          checked={workspace.scim}
          disabled={!allowed}
          aria-labelledby={id}
          onCheckedChange={(on) => (on ? change.mutate(true) : setAsked(true))}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
        <span id={id}>{workspace.scim ? t.settings.scimOn : t.settings.scimOff}</span>
        {!allowed && <span className="quiet small">{t.settings.operatorOnly}</span>}
      </div>
      {change.error && !asked && <Failure error={change.error} />}
      <Confirm
        open={asked}
        onClose={() => setAsked(false)}
        title={t.settings.turnOff}
        says={t.settings.turnOffSays}
        act={t.settings.turnOff}
        danger
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate(false)}
      />
    </>
  )
}
