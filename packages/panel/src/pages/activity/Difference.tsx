import { Link } from '@tanstack/react-router'
import type { ActivityDetail, HistoryEntry } from '../../api/types.ts'
import { EntryPeople } from '../../history/EntryPeople.tsx'
import { whatHappened } from '../../history/sentence.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'

type Values = ActivityDetail['before']

interface Line {
  readonly name: string
  readonly before: string
  readonly after: string
}

interface Props {
  readonly workspace: string
  readonly entry: ActivityDetail
}

/** What a write changed: values before and after, attributes of a person, and who came or left. */
export function Difference({ workspace, entry }: Props) {
  const { t } = useLanguage()
  const lines = linesOf(entry)
  const about = entry.route.startsWith('/Users') ? 'person' : 'group'
  const changes = entry.changes.filter(({ peopleCount, group }) => (about === 'group' ? peopleCount > 0 : group))
  const nothing = lines.length + entry.attributes.length + changes.length === 0
  return (
    <Section title={t.activity.difference}>
      {nothing && <p className="quiet">{isUnchanged(entry) ? t.activity.unchanged : t.activity.differenceNotKept}</p>}
      {lines.length > 0 && <Values lines={lines} />}
      <Attributes names={entry.attributes} />
      {changes.length > 0 && (
        <ul className="plain-list">
          {changes.map((change) => (
            <Change key={change.id} workspace={workspace} change={change} about={about} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Values({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useLanguage()
  const columns: Column<Line>[] = [
    { title: t.people.attribute, cell: ({ name }) => <code>{name}</code> },
    { title: t.activity.before, cell: ({ before }) => before },
    { title: t.activity.after, cell: ({ after }) => after },
  ]
  return <Table label={t.activity.difference} columns={columns} rows={lines} idOf={({ name }) => name} />
}

/** Of a person's record only the names are kept. */
function Attributes({ names }: { readonly names: readonly string[] }) {
  const { t } = useLanguage()
  if (names.length === 0) return null
  return (
    <p>
      {t.activity.changedAttributes}{' '}
      {names.map((name) => (
        <code key={name} className="listed">
          {name}
        </code>
      ))}
      <span className="cell-more">{t.activity.valuesNotKept}</span>
    </p>
  )
}

interface ChangeProps {
  readonly workspace: string
  readonly change: HistoryEntry
  readonly about: 'group' | 'person'
}

/** Who came or left; of a person, which group that was. */
function Change({ workspace, change, about }: ChangeProps) {
  const { t } = useLanguage()
  return (
    <li>
      <p>{whatHappened(change, about, t)}</p>
      {about === 'group' && <EntryPeople workspace={workspace} entry={change} />}
      {about === 'person' && change.group !== null && (
        <Link
          to="/w/$workspace/groups/$group"
          params={{ workspace, group: change.group.id }}
          search={{ tab: 'history' }}
        >
          {change.group.displayName}
        </Link>
      )}
    </li>
  )
}

function linesOf({ before, after }: ActivityDetail): Line[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})] as (keyof NonNullable<Values>)[])
  return [...names].map((name) => ({ name, before: said(before, name), after: said(after, name) }))
}

function said(values: Values, name: keyof NonNullable<Values>): string {
  const value = values?.[name]
  return value === undefined || value === null ? '–' : String(value)
}

const NO_CHANGE = new Set(['groupId', 'personId', 'version'])

function isUnchanged({ effect }: ActivityDetail): boolean {
  return Object.keys(effect ?? {}).every((name) => NO_CHANGE.has(name))
}
