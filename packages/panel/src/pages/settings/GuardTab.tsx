import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { CheckField, TextField } from '../../parts/Field.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { HoldList } from '../overview/HoldList.tsx'
import { Save } from './Save.tsx'

/** The guard against mass removal, and what it has held. */
export function GuardTab({ workspace, after }: { readonly workspace: string; readonly after: string | undefined }) {
  const query = useQuery(of(workspace).workspace())
  return (
    <div className="stack settings">
      <Loaded query={query}>{(data) => <GuardForm workspace={data} />}</Loaded>
      <HoldList workspace={workspace} after={after} all />
    </div>
  )
}

function GuardForm({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useLanguage()
  const may = useMay()
  const [guard, setGuard] = useState(workspace.guard)
  const allowed = may('settings:write')
  const save = useWrite<Workspace>(() => ({ method: 'PATCH', path: of(workspace.slug).at(), body: { guard } }), {
    said: t.settings.saved,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Section title={t.guard.title} says={t.guard.says}>
      <form className="form" onSubmit={submit}>
        <CheckField
          label={t.guard.on}
          checked={guard.on}
          disabled={!allowed}
          onChange={(event) => setGuard({ ...guard, on: event.target.checked })}
        />
        <TextField
          label={t.guard.limit}
          hint={t.guard.limitHint}
          type="number"
          min={1}
          max={1_000_000}
          required
          disabled={!allowed || !guard.on}
          value={guard.limit}
          onChange={(event) => setGuard({ ...guard, limit: event.target.valueAsNumber })}
        />
        <Save write={save} allowed={allowed} />
      </form>
    </Section>
  )
}
