import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/may.ts'
import { listAt } from '../../api/queries.ts'
import type { Admin } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago } from '../../parts/Time.tsx'
import { InviteAdmin } from './InviteAdmin.tsx'

const TONES: Record<Admin['state'], Tone> = { active: 'ok', invited: 'wait', expired: 'idle' }

interface Props {
  /** Of the list in the admin API. */
  readonly path: string
  readonly says: string
}

export function Admins({ path, says }: Props) {
  const { t } = useLanguage()
  const me = useMe()
  const [inviting, setInviting] = useState(false)
  const [removing, setRemoving] = useState<Admin>()
  const query = useQuery(listAt<Admin>(path))
  const remove = useWrite<unknown, string>((id) => ({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }), {
    said: t.admins.removed,
    onDone: () => setRemoving(undefined),
  })
  const columns: Column<Admin>[] = [
    {
      title: t.admins.name,
      cell: ({ name, email }) => (
        <>
          {name ?? email}
          {name !== null && <span className="cell-more">{email}</span>}
        </>
      ),
    },
    { title: t.admins.role, cell: ({ role }) => t.roles[role] },
    { title: t.tokens.state, cell: ({ state }) => <Badge tone={TONES[state]}>{t.admins.states[state]}</Badge> },
    { title: t.account.twoFactor, cell: ({ twoFactor }) => (twoFactor ? t.yes : t.no) },
    {
      title: t.admins.lastSignIn,
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? t.never : <Ago at={lastSignInAt} />),
    },
    {
      title: t.actions,
      bare: true,
      cell: (admin) =>
        admin.id !== me.id && (
          <div className="cell-actions">
            <Button onClick={() => setRemoving(admin)} aria-label={`${t.admins.remove}: ${admin.email}`}>
              {t.admins.remove}
            </Button>
          </div>
        ),
    },
  ]
  return (
    <Section title={t.admins.title} says={says}>
      <div>
        <Button look="primary" onClick={() => setInviting(true)}>
          {t.admins.invite}
        </Button>
      </div>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.admins.none} />
          ) : (
            <Table label={t.admins.title} columns={columns} rows={items} idOf={({ id }) => id} />
          )
        }
      </Loaded>
      {inviting && <InviteAdmin path={path} onClose={() => setInviting(false)} />}
      {removing && (
        <Confirm
          open
          onClose={() => setRemoving(undefined)}
          title={t.admins.removeOf(removing.email)}
          says={t.admins.removeSays}
          act={t.admins.remove}
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(removing.id)}
        />
      )}
    </Section>
  )
}
