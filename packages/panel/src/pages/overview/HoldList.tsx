import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Hold } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { AddressPager } from '../../parts/AddressPager.tsx'
import { Badge, type Tone } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { Section } from '../../parts/Page.tsx'
import { Ago, At } from '../../parts/Time.tsx'

const TONES: Record<Hold['state'], Tone> = { held: 'bad', let_through: 'ok', turned_away: 'warn', expired: 'idle' }

interface Props {
  readonly workspace: string
  /** The page, as the address keeps it. */
  readonly after: string | undefined
  /** With those that have expired. */
  readonly all?: boolean
}

/** Removals that wait for somebody, and what was decided of those that still have an effect. */
export function HoldList({ workspace, after, all = false }: Props) {
  const { t } = useLanguage()
  const { data, error } = useQuery({
    ...of(workspace).holds({ after }),
    retry: (failures, problem) => !(problem instanceof ApiProblem && problem.status === 404) && failures < 2,
  })
  if (error || data === undefined) return null
  const holds = all ? data.items : data.items.filter(({ state }) => state !== 'expired')
  if (holds.length === 0 && after === undefined && data.next === null) return null
  return (
    <Section title={t.holds.title} says={t.holds.says}>
      {holds.map((hold) => (
        <HoldCard key={hold.id} workspace={workspace} hold={hold} />
      ))}
      {holds.length === 0 && <p className="quiet">{t.holds.noneHere}</p>}
      <AddressPager after={after} next={data.next} stays />
    </Section>
  )
}

function HoldCard({ workspace, hold }: { readonly workspace: string; readonly hold: Hold }) {
  const { t, format, language } = useLanguage()
  const may = useMay()
  const [asked, setAsked] = useState<'let-through' | 'turn-away'>()
  const decide = useWrite(() => ({ method: 'POST', path: of(workspace).at('holds', hold.id, asked ?? 'turn-away') }), {
    said: t.holds.decided,
    onDone: () => setAsked(undefined),
  })
  const losses = format.number(hold.losses)
  return (
    <article className="card stack">
      <div className="row">
        <Badge tone={TONES[hold.state]}>{t.holds.states[hold.state]}</Badge>
        <h3>
          <Link to="/w/$workspace/groups/$group" params={{ workspace, group: hold.group.id }} search={{}}>
            {hold.group.displayName}
          </Link>
        </h3>
      </div>
      <p>{t.holds.sentence(hold.token, losses, format.number(hold.limit), hold.requests)}</p>
      <p className="quiet">
        {t.holds.last} <Ago at={hold.lastAt} />
        {hold.decidedBy !== null && ` · ${t.holds.by(hold.decidedBy)}`}
        {hold.until !== null && (
          <>
            {' · '}
            {t.holds.until} <At at={hold.until} />
          </>
        )}
      </p>
      {hold.state === 'let_through' && (
        <p>
          <strong>{t.holds.next}</strong> {hold.advice[language]}
        </p>
      )}
      {hold.state === 'held' && may('groups:write') && (
        <div className="row">
          <Button onClick={() => setAsked('let-through')}>{t.holds.letThrough}</Button>
          <Button look="danger" onClick={() => setAsked('turn-away')}>
            {t.holds.turnAway}
          </Button>
        </div>
      )}
      <Confirm
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked === 'let-through' ? t.holds.letThrough : t.holds.turnAway}
        says={asked === 'let-through' ? t.holds.letThroughSays(losses, hold.group.displayName) : t.holds.turnAwaySays}
        act={asked === 'let-through' ? t.holds.letThrough : t.holds.turnAway}
        danger={asked === 'turn-away'}
        busy={decide.isPending}
        error={decide.error}
        onConfirm={() => decide.mutate()}
      >
        {asked === 'let-through' && (
          <p>
            <strong>{t.holds.next}</strong> {hold.advice[language]}
          </p>
        )}
      </Confirm>
    </article>
  )
}
