import type { ActivityDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'

type Values = ActivityDetail['before']

interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What was before, and what is now. */
export function Difference({ before, after }: { readonly before: Values; readonly after: Values }) {
  const { t } = useLanguage()
  const names = [
    ...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]),
  ] as (keyof NonNullable<Values>)[]
  if (names.length === 0) return null
  const lines = names.map((name) => ({ name, before: said(before, name), after: said(after, name) }))
  const columns: Column<Line>[] = [
    { title: t.people.attribute, cell: ({ name }) => <code>{name}</code> },
    { title: t.activity.before, cell: ({ before: value }) => value },
    { title: t.activity.after, cell: ({ after: value }) => value },
  ]
  return (
    <Section title={t.activity.difference}>
      <Table label={t.activity.difference} columns={columns} rows={lines} idOf={({ name }) => name} />
    </Section>
  )
}

function said(values: Values, name: keyof NonNullable<Values>): string {
  const value = values?.[name]
  return value === undefined || value === null ? '–' : String(value)
}
