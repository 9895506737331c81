import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Provider, SetupLink } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago } from '../../parts/Time.tsx'
import { NewSetupLink } from './NewSetupLink.tsx'
import { RevokeSetupLink } from './RevokeSetupLink.tsx'

const TONES: Record<SetupLink['state'], Tone> = { open: 'wait', claimed: 'ok', expired: 'idle', revoked: 'idle' }

interface Props {
  readonly workspace: string
  readonly provider: Provider | undefined
}

/** Links for somebody outside who does the set-up without an account. */
export function SetupLinks({ workspace, provider }: Props) {
  const { t } = useLanguage()
  const may = useMay()
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<SetupLink>()
  const query = useQuery({ ...of(workspace).setupLinks(), enabled: may('tokens:read') })
  if (!may('tokens:read')) return null
  return (
    <Section title={t.setupLinks.title} says={t.setupLinks.says}>
      {may('tokens:write') && (
        <div>
          <Button onClick={() => setCreating(true)}>{t.setupLinks.create}</Button>
        </div>
      )}
      <Loaded query={query}>
        {({ items }) => items.length > 0 && <Links links={items.toReversed()} onRevoke={setRevoking} />}
      </Loaded>
      {creating && (
        <NewSetupLink workspace={workspace} provider={provider ?? 'entra'} onClose={() => setCreating(false)} />
      )}
      {revoking && <RevokeSetupLink workspace={workspace} link={revoking} onClose={() => setRevoking(undefined)} />}
    </Section>
  )
}

function Links({ links, onRevoke }: { links: readonly SetupLink[]; onRevoke: (link: SetupLink) => void }) {
  const { t } = useLanguage()
  const may = useMay()
  const columns: Column<SetupLink>[] = [
    {
      title: t.setupLinks.link,
      cell: ({ provider, note, createdBy, createdAt }) => (
        <>
          {note ?? t.providers[provider]}
          <span className="cell-more">
            {t.providers[provider]} · {createdBy}, <Ago at={createdAt} />
          </span>
        </>
      ),
    },
    {
      title: t.setupLinks.state,
      cell: ({ state, expiresAt }) => (
        <>
          <Badge tone={TONES[state]}>{t.setupLinks.states[state]}</Badge>
          {(state === 'open' || state === 'claimed') && (
            <span className="cell-more">
              {t.setupLinks.ends} <Ago at={expiresAt} />
            </span>
          )}
        </>
      ),
    },
    { title: t.setupLinks.claimed, cell: ({ claimed }) => claimed && <Act act={claimed} /> },
    { title: t.setupLinks.issued, cell: ({ issued }) => issued && <Act act={issued} /> },
    {
      title: t.actions,
      bare: true,
      cell: (link) =>
        may('tokens:write') &&
        (link.state === 'open' || link.state === 'claimed') && (
          <div className="cell-actions">
            <Button onClick={() => onRevoke(link)}>{t.setupLinks.revoke}</Button>
          </div>
        ),
    },
  ]
  return <Table label={t.setupLinks.title} columns={columns} rows={links} idOf={({ id }) => id} />
}

function Act({ act }: { readonly act: { at: string; address: string | null; client: string | null } }) {
  return (
    <>
      <Ago at={act.at} />
      <span className="cell-more">{[act.address, act.client].filter((one) => one !== null).join(' · ')}</span>
    </>
  )
}
