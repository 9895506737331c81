import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAt } from '../../api/queries.ts'
import type { ApiKey } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago, Day } from '../../parts/Time.tsx'
import { NewKey } from './NewKey.tsx'

const TONES: Record<ApiKey['state'], Tone> = { live: 'ok', expiring: 'warn', expired: 'bad', revoked: 'idle' }

interface Props {
  /** Of the list in the admin API. */
  readonly path: string
  /** Whether the keys are for one workspace. */
  readonly workspace: boolean
}

/** Keys with which applications call the admin API. */
export function Keys({ path, workspace }: Props) {
  const { t } = useLanguage()
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  const query = useQuery(listAt<ApiKey>(path))
  const revoke = useWrite<unknown, string>((id) => ({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }), {
    said: t.keys.revoked,
    onDone: () => setRevoking(undefined),
  })
  const columns: Column<ApiKey>[] = [
    {
      title: t.keys.name,
      cell: ({ name, createdBy, createdAt }) => (
        <>
          {name}
          <span className="cell-more">
            {createdBy}, <Ago at={createdAt} />
          </span>
        </>
      ),
    },
    { title: t.keys.scopes, cell: ({ scopes }) => <span className="small">{scopes.join(', ')}</span> },
    { title: t.tokens.state, cell: ({ state }) => <Badge tone={TONES[state]}>{t.tokens.states[state]}</Badge> },
    {
      title: t.tokens.lastUsed,
      cell: ({ lastUsedAt, lastUsedAddress }) =>
        lastUsedAt === null ? (
          t.never
        ) : (
          <>
            <Ago at={lastUsedAt} />
            {lastUsedAddress !== null && <span className="cell-more">{lastUsedAddress}</span>}
          </>
        ),
    },
    { title: t.tokens.ends, cell: ({ expiresAt }) => (expiresAt === null ? t.never : <Day at={expiresAt} />) },
    {
      title: t.actions,
      bare: true,
      cell: (key) =>
        (key.state === 'live' || key.state === 'expiring') && (
          <div className="cell-actions">
            <Button onClick={() => setRevoking(key)} aria-label={`${t.keys.revoke}: ${key.name}`}>
              {t.keys.revoke}
            </Button>
          </div>
        ),
    },
  ]
  return (
    <Section title={t.keys.title} says={workspace ? t.keys.saysWorkspace : t.keys.saysService}>
      <div>
        <Button look="primary" onClick={() => setCreating(true)}>
          {t.keys.create}
        </Button>
      </div>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.keys.none} />
          ) : (
            <Table label={t.keys.title} columns={columns} rows={items} idOf={({ id }) => id} />
          )
        }
      </Loaded>
      {creating && <NewKey path={path} onClose={() => setCreating(false)} />}
      {revoking && (
        <Confirm
          open
          onClose={() => setRevoking(undefined)}
          title={t.keys.revokeOf(revoking.name)}
          says={t.keys.revokeSays}
          act={t.keys.revoke}
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(revoking.id)}
        />
      )}
    </Section>
  )
}
