import { SECOND } from '../../base/clock.ts'
import { ScimError } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { decideHold, type HoldRow, holdById, recordHolds, type ShownHoldRow } from '../../store/holds.ts'
import type { Scope, Writer } from '../../store/store.ts'
import { type Call, type Context, type Effect, perform } from '../call.ts'
import { ADMITTED_FOR, type HeldLoss, RemovalHeld, WINDOW } from './losses.ts'

/** Holds that a refusal names; of a person in many groups there may be more. */
const NAMED_LIMIT = 5

/**
 * Runs a use case that may take memberships. What the guard holds leaves nothing of its transaction, and so its hold is
 * recorded in another.
 */
export async function performGuarded<T extends { readonly effect: Effect }>(
  context: Context,
  call: Call,
  work: (writer: Writer) => Promise<T>,
  scope?: Scope,
): Promise<T> {
  try {
    return await perform(context, call, work, scope)
  } catch (error) {
    if (!(error instanceof RemovalHeld)) throw error
    throw await recordHeld(context, call, error.held)
  }
}

async function recordHeld(context: Context, call: Call, held: readonly HeldLoss[]): Promise<ScimError> {
  const { workspace, at, actor, request, provider = 'other' } = call
  // In one order, so that calls that hold the same groups do not wait for each other in a circle.
  const sorted = [...held].sort((left, right) => left.group.key - right.group.key)
  const rows = sorted.map(({ group, kind, digest, losses, lostBefore }) => ({
    id: newId('hld', at),
    group_key: group.key,
    digest,
    group_id: group.id,
    group_name: group.display_name,
    kind,
    losses,
    lost_before: lostBefore,
    allowed: workspace.guard_limit,
    at,
    request,
    token_label: actor.label,
    provider,
  }))
  const holds = await context.store.write((writer) => recordHolds(writer, workspace.key, rows))
  return refusal(holds)
}

function refusal(holds: readonly HoldRow[]): ScimError {
  const refused = holds.filter(({ status }) => status === 'turned_away')
  if (refused.length > 0) return new ScimError('removal_turned_away', { holds: named(refused) })
  const [{ losses, lost_before: before, allowed } = { losses: 0, lost_before: 0, allowed: 0 }] = holds
  const facts = { holds: named(holds), losses, before, allowed }
  return new ScimError('removal_held', facts, { 'Retry-After': String(WINDOW / SECOND) })
}

function named(holds: readonly HoldRow[]): string {
  const shown = holds.slice(0, NAMED_LIMIT).map(({ id, group_name }) => `${id} (group "${group_name}")`)
  const rest = holds.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

/**
 * What is said of a hold. `applied`: an equal removal was, or as much as was let through. `gone`: its group is. `expired`: it
 * was let through 24 hours ago, or waited while the guard was turned off.
 */
export type HoldState = 'open' | 'let_through' | 'turned_away' | 'expired' | 'applied' | 'gone'

export function stateOf(hold: ShownHoldRow, now: number): HoldState {
  const { status, used, losses, decided_at, gone } = hold
  if (status === 'applied' || (status === 'let_through' && used >= losses)) return 'applied'
  if (gone === 1) return 'gone'
  if (status === 'lapsed' || (status === 'let_through' && (decided_at ?? 0) <= now - ADMITTED_FOR)) return 'expired'
  return status
}

/**
 * Applies nothing by itself: it admits up to the losses shown, of that group, for 24 hours. What does so already stays, and what
 * has been applied.
 */
export function letThrough(context: Context, call: Call, id: string): Promise<ShownHoldRow> {
  return decide(context, call, id, 'let_through', ['open', 'turned_away', 'expired'])
}

/** Refuses what is equal from now on, until it is let through or its group is gone. */
export function turnAway(context: Context, call: Call, id: string): Promise<ShownHoldRow> {
  return decide(context, call, id, 'turned_away', ['open', 'let_through', 'expired', 'applied'])
}

/** Changes nothing of a hold that is in none of the states `from`. */
function decide(
  { store }: Context,
  { workspace, actor, at }: Call,
  id: string,
  status: HoldRow['status'],
  from: readonly HoldState[],
): Promise<ShownHoldRow> {
  return store.write(async (writer) => {
    const hold = await holdById(writer, workspace.key, id)
    if (!hold) throw new ScimError('hold_unknown', { id })
    if (!from.includes(stateOf(hold, at))) return hold
    const decision = { id, was: hold.status, status, at, by: actor.label }
    // What it holds may have been applied meanwhile.
    if (!(await decideHold(writer, workspace.key, decision))) return (await holdById(writer, workspace.key, id)) ?? hold
    return { ...hold, status, used: 0, decided_at: at, decided_by: actor.label }
  })
}
