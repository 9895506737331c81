import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { ChoiceField, TextField } from '../../parts/Field.tsx'
import { type ActivityFilter, METHODS, OUTCOMES } from '../../search.ts'

interface Props {
  readonly workspace: string
  readonly filter: ActivityFilter
  readonly onChange: (changes: ActivityFilter) => void
  readonly onClear: () => void
}

export function Filters({ workspace, filter, onChange, onClear }: Props) {
  const { t } = useLanguage()
  const may = useMay()
  const { data } = useQuery({ ...of(workspace).tokens(), enabled: may('tokens:read') })
  const all = { value: '', label: t.all }
  const narrowed = (['token', 'person', 'group', 'from', 'to'] as const).some((name) => filter[name] !== undefined)
  return (
    <div className="stack">
      <div className="toolbar">
        <ChoiceField
          label={t.activity.outcome}
          value={filter.outcome ?? ''}
          choices={[all, ...OUTCOMES.map((value) => ({ value, label: t.activity.outcomes[value] }))]}
          onChoose={(value) => onChange({ outcome: value as 'ok' })}
        />
        <ChoiceField
          label={t.activity.method}
          value={filter.method ?? ''}
          choices={[all, ...METHODS.map((value) => ({ value, label: value }))]}
          onChoose={(value) => onChange({ method: value as 'GET' })}
        />
        {filter.problem !== undefined && (
          <ChoiceField
            label={t.activity.problem}
            value={filter.problem}
            choices={[all, { value: filter.problem, label: filter.problem }]}
            onChoose={(problem) => onChange({ problem })}
          />
        )}
        <details className="more-filters" open={narrowed || undefined}>
          <summary className="button">{t.activity.moreFilters}</summary>
          <div className="toolbar">
            <ChoiceField
              label={t.activity.token}
              value={filter.token ?? ''}
              choices={[all, ...(data?.items ?? []).map(({ id, label }) => ({ value: id, label }))]}
              onChoose={(token) => onChange({ token })}
            />
            <Typed
              label={t.activity.person}
              hint={t.activity.personHint}
              value={filter.person}
              onEnter={(person) => onChange({ person })}
            />
            <Typed
              label={t.activity.group}
              hint={t.activity.groupHint}
              value={filter.group}
              onEnter={(group) => onChange({ group })}
            />
            <TextField
              label={t.activity.from}
              type="datetime-local"
              value={filter.from ?? ''}
              onChange={(event) => onChange({ from: event.target.value })}
            />
            <TextField
              label={t.activity.to}
              type="datetime-local"
              value={filter.to ?? ''}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          </div>
        </details>
        {Object.keys(filter).length > 0 && (
          <Button look="quiet" onClick={onClear}>
            {t.activity.clear}
          </Button>
        )}
      </div>
    </div>
  )
}

interface TypedProps {
  readonly label: string
  readonly hint: string
  readonly value: string | undefined
  readonly onEnter: (text: string) => void
}

/** A name or an id that is asked for once it is complete, not with every letter. */
function Typed({ label, hint, value = '', onEnter }: TypedProps) {
  return (
    <TextField
      key={value}
      label={label}
      hint={hint}
      defaultValue={value}
      onBlur={(event) => event.target.value.trim() !== value && onEnter(event.target.value.trim())}
      onKeyDown={(event) => event.key === 'Enter' && onEnter(event.currentTarget.value.trim())}
    />
  )
}
