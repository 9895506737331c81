import type { PersonDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { type Line, linesOf } from './lines.ts'

/** What the host gave, what the provider wrote over it, and what SCIM shows. */
export function Record({ person }: { readonly person: PersonDetail }) {
  const { t } = useLanguage()
  const lines = linesOf(person)
  const columns: Column<Line>[] = [
    { title: t.people.attribute, cell: ({ name }) => <code>{name}</code> },
    { title: t.people.account, cell: ({ account }) => account },
    { title: t.people.record, cell: ({ record }) => record },
    { title: t.people.view, cell: ({ view }) => view },
  ]
  return (
    <Section title={t.people.recordTitle} says={t.people.recordSays}>
      {lines.length === 0 ? (
        <Empty title={t.people.noRecord} />
      ) : (
        <Table label={t.people.recordTitle} columns={columns} rows={lines} idOf={({ name }) => name} />
      )}
    </Section>
  )
}
