import { Switch } from '@base-ui/react/switch'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { pageAt } from '../../api/queries.ts'
import type { AuditEntry } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { At } from '../../parts/Time.tsx'
import { actionWords, detailWords } from './auditWords.ts'

interface Props {
  /** Of the trail in the admin API. */
  readonly path: string
  readonly reads: boolean
  readonly after: string | undefined
}

/** Who did, or tried, what. */
export function Audit({ path, reads, after }: Props) {
  const { t, format } = useLanguage()
  const query = useQuery(pageAt<AuditEntry>(path, { after, ...(reads && { reads }) }))
  const columns: Column<AuditEntry>[] = [
    { title: t.activity.when, cell: ({ at }) => <At at={at} /> },
    {
      title: t.audit.who,
      cell: ({ actor, address }) => (
        <>
          {actor.name || kindOf(actor, t.audit.kinds)}
          <span className="cell-more">{[kindOf(actor, t.audit.kinds), address].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    {
      title: t.audit.action,
      cell: ({ action, target, details }) => (
        <>
          {actionWords(action, t)}
          {target !== null && <span className="cell-more">{target}</span>}
          {details !== null && <span className="cell-more">{detailWords(details, t, format).join(' · ')}</span>}
        </>
      ),
    },
    {
      title: t.activity.outcome,
      cell: ({ status }) => (
        <Badge tone={status !== null && status < 400 ? 'ok' : 'warn'}>{status ?? t.audit.unknown}</Badge>
      ),
    },
    { title: t.activity.reference, cell: ({ id }) => <code className="small">{id}</code> },
  ]
  return (
    <Section title={t.audit.title} says={t.audit.says}>
      <ReadsSwitch on={reads} />
      <Loaded query={query}>
        {({ items, next }) => (
          <div>
            {items.length === 0 ? (
              <Empty title={t.audit.none} />
            ) : (
              <Table label={t.audit.title} columns={columns} rows={items} idOf={({ id }) => id} />
            )}
            <AddressPager after={after} next={next} />
          </div>
        )}
      </Loaded>
    </Section>
  )
}

/** Reads are many, and would bury what was done. */
function ReadsSwitch({ on }: { readonly on: boolean }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const id = useId()
  // A page of one list is none of the other's.
  const turn = (reads: boolean) =>
    void navigate({
      to: '.',
      search: ({ tab }) => ({ tab, ...(reads && { reads }) }) as never,
      replace: true,
      resetScroll: false,
    })
  return (
    <div className="row">
      <Switch.Root
        className="switch"
        checked={on}
        aria-labelledby={id}
        aria-describedby={`${id}-hint`}
        onCheckedChange={turn}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      <span id={id}>{t.audit.reads}</span>
      <span id={`${id}-hint`} className="quiet small">
        {t.audit.readsHint}
      </span>
    </div>
  )
}

function kindOf({ kind }: AuditEntry['actor'], kinds: Readonly<Record<string, string>>): string {
  return kinds[kind] ?? kind
}
