import { SECOND } from '../../base/clock.ts'
import { ScimError } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { decideHold, type HoldRow, holdById, recordHolds } from '../../store/holds.ts'
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

/** Applies nothing by itself: it admits up to the losses shown, of that group, for 24 hours. What does so already stays. */
export function letThrough(context: Context, call: Call, id: string): Promise<HoldRow> {
  return decide(context, call, id, 'let_through', (hold) => !isAdmitting(hold, call.at))
}

/** Refuses what is equal from now on. */
export function turnAway(context: Context, call: Call, id: string): Promise<HoldRow> {
  return decide(context, call, id, 'turned_away', ({ status }) => status !== 'turned_away')
}

export function isAdmitting({ status, decided_at }: HoldRow, now: number): boolean {
  return status === 'let_through' && (decided_at ?? 0) > now - ADMITTED_FOR
}

function decide(
  { store }: Context,
  { workspace, actor, at }: Call,
  id: string,
  status: HoldRow['status'],
  isNew: (hold: HoldRow) => boolean,
): Promise<HoldRow> {
  return store.write(async (writer) => {
    const hold = await holdById(writer, workspace.key, id)
    if (!hold) throw new ScimError('hold_unknown', { id })
    if (!isNew(hold)) return hold
    await decideHold(writer, workspace.key, { id, status, at, by: actor.label })
    return { ...hold, status, used: 0, decided_at: at, decided_by: actor.label }
  })
}
