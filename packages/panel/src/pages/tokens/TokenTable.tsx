import type { Token } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { type Column, Table } from '../../parts/Table.tsx'
import { Ago, Day } from '../../parts/Time.tsx'

const TONES: Record<Token['state'], Tone> = { live: 'ok', expiring: 'warn', expired: 'bad', revoked: 'idle' }

interface Props {
  readonly tokens: readonly Token[]
  readonly onRotate: ((token: Token) => void) | undefined
  readonly onRetire: ((token: Token) => void) | undefined
}

export function isLive({ state }: Token): boolean {
  return state === 'live' || state === 'expiring'
}

/** The newest first, and before all others those that are live. */
export function liveFirst(tokens: readonly Token[]): Token[] {
  return tokens.toReversed().toSorted((left, right) => Number(isLive(right)) - Number(isLive(left)))
}

export function TokenTable({ tokens, onRotate, onRetire }: Props) {
  const { t } = useLanguage()
  const columns: Column<Token>[] = [
    {
      title: t.tokens.label,
      cell: ({ label, id }) => (
        <>
          {label}
          <span className="cell-more">
            <code>{id}</code>
          </span>
        </>
      ),
    },
    { title: t.tokens.provider, cell: ({ provider }) => t.providers[provider] },
    { title: t.tokens.state, cell: ({ state }) => <Badge tone={TONES[state]}>{t.tokens.states[state]}</Badge> },
    {
      title: t.tokens.lastUsed,
      cell: ({ lastUsedAt, lastUsedAddress, lastUsedClient }) =>
        lastUsedAt === null ? (
          t.never
        ) : (
          <>
            <Ago at={lastUsedAt} />
            <span className="cell-more">
              {[lastUsedAddress, lastUsedClient].filter((one) => one !== null).join(' · ')}
            </span>
          </>
        ),
    },
    {
      title: t.tokens.ends,
      cell: ({ expiresAt, revokedAt }) => <Day at={revokedAt ?? expiresAt} />,
    },
    {
      title: t.tokens.created,
      cell: ({ createdAt, createdBy }) => (
        <>
          <Day at={createdAt} />
          <span className="cell-more">{createdBy}</span>
        </>
      ),
    },
    {
      title: t.actions,
      bare: true,
      cell: (token) =>
        isLive(token) &&
        onRotate &&
        onRetire && (
          <div className="cell-actions">
            <Button onClick={() => onRotate(token)} aria-label={`${t.tokens.rotate}: ${token.label}`}>
              {t.tokens.rotate}
            </Button>
            <Button onClick={() => onRetire(token)} aria-label={`${t.tokens.retire}: ${token.label}`}>
              {t.tokens.retire}
            </Button>
          </div>
        ),
    },
  ]
  return <Table label={t.tokens.title} columns={columns} rows={tokens} idOf={({ id }) => id} />
}
