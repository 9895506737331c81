import { type FormEvent, useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { ChoiceField, TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { Save } from './Save.tsx'

type Form = Pick<Workspace, 'name' | 'unknownMembers' | 'unknownUsers' | 'suspended' | 'activityDays' | 'pendingDays'>

export function PoliciesForm({ workspace, allowed }: { readonly workspace: Workspace; readonly allowed: boolean }) {
  const { t } = useLanguage()
  const [form, setForm] = useState<Form>(() => formOf(workspace))
  const save = useWrite<Workspace>(() => ({ method: 'PATCH', path: of(workspace.slug).at(), body: form }), {
    said: t.settings.saved,
  })
  const set = (changes: Partial<Form>) => setForm((now) => ({ ...now, ...changes }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const choice = <Name extends 'unknownMembers' | 'unknownUsers' | 'suspended'>(
    name: Name,
    values: readonly Form[Name][],
  ) => (
    <ChoiceField
      label={t.settings[name].label}
      hint={t.settings[name].hint}
      value={form[name]}
      disabled={!allowed}
      choices={values.map((value) => ({
        value,
        label: (t.settings[name].choices as Record<string, string>)[value] ?? value,
      }))}
      onChoose={(value) => set({ [name]: value } as Partial<Form>)}
    />
  )
  return (
    <Section title={t.settings.policies}>
      <form className="form" onSubmit={submit}>
        <TextField
          label={t.workspaces.name}
          required
          disabled={!allowed}
          value={form.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        {choice('unknownMembers', ['record', 'reject'])}
        {choice('unknownUsers', ['refuse', 'pending'])}
        {choice('suspended', ['apply', 'ignore'])}
        {form.suspended === 'ignore' && (
          <Notice tone="warn">
            <p>{t.settings.ignoreWarning}</p>
          </Notice>
        )}
        <TextField
          label={t.settings.activityDays}
          hint={t.settings.activityDaysHint}
          type="number"
          min={1}
          max={36_500}
          required
          disabled={!allowed}
          value={form.activityDays}
          onChange={(event) => set({ activityDays: event.target.valueAsNumber })}
        />
        <TextField
          label={t.settings.pendingDays}
          hint={t.settings.pendingDaysHint}
          type="number"
          min={1}
          max={36_500}
          required
          disabled={!allowed}
          value={form.pendingDays}
          onChange={(event) => set({ pendingDays: event.target.valueAsNumber })}
        />
        <Save write={save} allowed={allowed} />
      </form>
    </Section>
  )
}

function formOf({ name, unknownMembers, unknownUsers, suspended, activityDays, pendingDays }: Workspace): Form {
  return { name, unknownMembers, unknownUsers, suspended, activityDays, pendingDays }
}
