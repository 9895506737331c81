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

const TONES: Record<Hold['state'], Tone> = {
  held: 'bad',
  let_through: 'ok',
  turned_away: 'warn',
  expired: 'idle',
  applied: 'idle',
  gone: 'idle',
}

type Act = 'let-through' | 'turn-away'

/** What can be decided of a hold: also otherwise than it was. */
const ACTS: Partial<Record<Hold['state'], readonly Act[]>> = {
  held: ['let-through', 'turn-away'],
  let_through: ['turn-away'],
  turned_away: ['let-through'],
  expired: ['let-through'],
}

/** Whether a hold has no effect any more. */
function isOver({ state }: Hold): boolean {
  return state === 'expired' || state === 'applied' || state === 'gone'
}

interface Props {
  readonly workspace: string
  /** The page, as the address keeps it. */
  readonly after: string | undefined
  /** With those that are over. */
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
  const holds = all ? data.items : data.items.filter((hold) => !isOver(hold))
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
  const { t, language } = useLanguage()
  const may = useMay()
  const [asked, setAsked] = useState<Act>()
  const decide = useWrite(() => ({ method: 'POST', path: of(workspace).at('holds', hold.id, asked ?? 'turn-away') }), {
    said: t.holds.decided,
    onDone: () => setAsked(undefined),
  })
  const { state, losses } = hold
  const acts = may('groups:write') ? (ACTS[state] ?? []) : []
  const nameOf = { 'let-through': t.holds.letThrough, 'turn-away': t.holds.turnAway }
  return (
    <article className="card stack">
      <div className="row">
        <Badge tone={TONES[state]}>{t.holds.states[state]}</Badge>
        <h3>
          <Link to="/w/$workspace/groups/$group" params={{ workspace, group: hold.group.id }} search={{}}>
            {hold.group.displayName}
          </Link>
        </h3>
      </div>
      <p>
        {t.holds.sentence(
          hold.token,
          hold.kinds.map((kind) => t.holds.kinds[kind]).join(t.holds.or),
          losses,
          hold.requests,
        )}{' '}
        {t.holds.reason(hold.lostBefore, hold.limit)}
      </p>
      {state !== 'held' && state !== 'let_through' && <p>{t.holds.ends[state]}</p>}
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
      {state === 'let_through' && (
        <p>
          <strong>{t.holds.next}</strong> {hold.advice[language]}
        </p>
      )}
      {acts.length > 0 && (
        <div className="row">
          {acts.map((act) => (
            <Button key={act} look={act === 'turn-away' ? 'danger' : 'plain'} onClick={() => setAsked(act)}>
              {nameOf[act]}
            </Button>
          ))}
        </div>
      )}
      <Confirm
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={nameOf[asked ?? 'turn-away']}
        says={asked === 'let-through' ? t.holds.letThroughSays(losses, hold.group.displayName) : t.holds.turnAwaySays}
        act={nameOf[asked ?? 'turn-away']}
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
