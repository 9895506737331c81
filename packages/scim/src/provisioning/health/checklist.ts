import { DAY, MINUTE } from '../../base/clock.ts'
import { idAt } from '../../base/ids.ts'
import { type EvidenceRow, evidenceOf, syncedGroups } from '../../store/evidence.ts'
import { groupById } from '../../store/groups.ts'
import { type ContactRow, contactsOf } from '../../store/health.ts'
import { membersPage } from '../../store/memberships.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { type MembershipState, membershipState } from '../people/memberships.ts'
import type { Provider } from '../tokens/tokens.ts'
import { type Shown, shownBy } from './evidence.ts'
import { type FaultCode, type FaultFacts, faultWords, type Words } from './faults.ts'
import { lastContactOf } from './judge.ts'

/** From the first contact to the first synced group, in this order. */
export const STEPS = ['contact', 'token', 'lookup', 'person', 'group', 'member'] as const
export type Step = (typeof STEPS)[number]

export interface ChecklistItem {
  readonly step: Step
  readonly state: 'open' | 'done' | 'failed'
  /** When it was done first, or failed last, in milliseconds since the epoch; none where that is no longer known. */
  readonly at: number | null
  /** The activity entry behind it; none where a token was refused, or the entry has been forgotten. */
  readonly activity: string | null
  /** Of a failed item: why, and what to do. */
  readonly cause?: Words
  readonly fix?: Words
}

/** How far the set-up of a provider is, by what it really sent. */
export interface Checklist {
  readonly provider: Provider
  readonly items: readonly ChecklistItem[]
}

/** Requests that are looked at: the first since the provider has a token, and the last. */
const AT_FIRST = 2_000
const AT_LAST = 500
/** Of the first groups and of the last ones it is looked whether a member counts, among so many of their members. */
const GROUPS = 5
const MEMBERS = 500
/** Groups among which those of a provider are looked for, where its requests have been forgotten. */
const SYNCED = 1_000

type Items = Map<Step, ChecklistItem>

/**
 * The tokens that were issued for the provider say which requests are its own; where none was, all of the workspace's do. What
 * a step after it shows, a step has reached: some providers look nobody up.
 */
export async function checklist(context: Context, workspace: WorkspaceRow, provider: Provider): Promise<Checklist> {
  const { store, clock } = context
  const all = await contactsOf(store, [workspace.key])
  const own = all.filter((token) => token.provider === provider)
  const tokens = own.length > 0 ? own : all
  const items: Items = new Map()
  if (tokens.length > 0) {
    const began = Math.min(...tokens.map(({ created_at }) => created_at))
    const asked = { since: idAt('act', began), atFirst: AT_FIRST, atLast: AT_LAST }
    const rows = await evidenceOf(store, workspace.key, asked)
    const keys = new Set(tokens.map(({ key }) => key))
    const sent = rows.filter(({ token_key }) => token_key !== null && keys.has(token_key))
    contact(items, tokens, sent)
    evidence(items, sent)
    await countMembers(context, workspace, items, sent)
    const forgotten = rows.length >= AT_FIRST || began < clock() - workspace.activity_days * DAY
    if (forgotten && lastContactOf(tokens) !== null) await remember(context, workspace, items)
    if (workspace.scim === 0) turnedOff(items, sent)
  }
  return { provider, items: reached(items) }
}

/** Whether the provider came, and whether its token was accepted the last time. */
function contact(items: Items, tokens: readonly ContactRow[], sent: readonly EvidenceRow[]): void {
  const [first] = sent
  const used = lastContactOf(tokens)
  const refused = refusalOf(tokens)
  const at = first?.at ?? used ?? refused?.at
  if (at === undefined) return
  items.set('contact', { step: 'contact', state: 'done', at, activity: first?.id ?? null })
  if (refused && refused.at > (used ?? 0))
    items.set('token', failedItem('token', refused.at, null, refused.code, refused))
  else items.set('token', { step: 'token', state: 'done', at, activity: first?.id ?? null })
}

/** The newest refusal of a token, or of what was no true copy of one. */
function refusalOf(tokens: readonly ContactRow[]): { code: FaultCode; at: number; label: string } | undefined {
  return tokens
    .flatMap(({ label, refused, wrong, revoked_at }) => [
      { code: revoked_at === null ? ('token_expired' as const) : ('token_revoked' as const), minute: refused, label },
      { code: 'token_wrong' as const, minute: wrong, label },
    ])
    .flatMap(({ code, minute, label }) => (minute === null ? [] : [{ code, at: minute * MINUTE, label }]))
    .sort((one, other) => one.at - other.at)
    .at(-1)
}

/** Of each step the first time that it was done, or else the last time that it failed. */
function evidence(items: Items, sent: readonly EvidenceRow[]): void {
  for (const row of sent) for (const shown of shownBy(row)) add(items, row, shown)
}

function add(items: Items, { at, id }: EvidenceRow, shown: Shown): void {
  const { step } = shown
  if (items.get(step)?.state === 'done') return
  items.set(
    step,
    shown.done ? { step, state: 'done', at, activity: id } : failedItem(step, at, id, shown.code, shown.facts),
  )
}

/** A member that counts is what the first one is about: somebody with an account. */
async function countMembers(
  context: Context,
  workspace: WorkspaceRow,
  items: Items,
  sent: readonly EvidenceRow[],
): Promise<void> {
  if (items.get('member')?.state !== 'done') return
  const added = sent.filter(
    (row) => row.group_id !== null && shownBy(row).some((one) => one.done && one.step === 'member'),
  )
  const firsts = added.filter((row, index) => added.findIndex(({ group_id }) => group_id === row.group_id) === index)
  let fault: ChecklistItem | undefined
  const looked = new Set([...firsts.slice(0, GROUPS), ...firsts.slice(-GROUPS)])
  for (const { group_id, at, id: activity } of looked) {
    const found = await statesIn(context, workspace, group_id as string)
    // Of a group that is gone, or is empty again, nothing can be said against its first member.
    if (!found || found.states.size === 0 || found.states.has('effective')) {
      items.set('member', { step: 'member', state: 'done', at, activity })
      return
    }
    fault ??= failedItem('member', at, activity, memberFault(found.states), { group: found.displayName })
  }
  if (fault) items.set('member', fault)
}

function memberFault(states: ReadonlySet<MembershipState>): FaultCode {
  if (states.has('unresolved')) return 'member_unresolved'
  return states.has('pending') ? 'member_pending' : 'member_suspended'
}

async function statesIn(
  { store }: Context,
  workspace: WorkspaceRow,
  id: string,
): Promise<{ states: ReadonlySet<MembershipState>; displayName: string } | undefined> {
  const group = await groupById(store, workspace.key, id)
  if (!group) return undefined
  const { rows } = await membersPage(store, workspace.key, group.key, { search: '', after: 0, limit: MEMBERS })
  return { states: new Set(rows.map((row) => membershipState(row, workspace))), displayName: group.display_name }
}

/** What is known without the requests, once they have been forgotten. */
async function remember(context: Context, workspace: WorkspaceRow, items: Items): Promise<void> {
  const known = (step: Step) => items.set(step, { step, state: 'done', at: null, activity: null })
  const isOpen = (step: Step): boolean => !items.has(step)
  if (!isOpen('group') && !isOpen('member')) return
  const { managed, filled } = await syncedGroups(context.store, workspace.key, SYNCED)
  if (managed && isOpen('group')) known('group')
  if (filled === null || !isOpen('member')) return
  if ((await statesIn(context, workspace, filled))?.states.has('effective')) known('member')
}

/** What was reached before counts no more while nothing is answered. */
function turnedOff(items: Items, sent: readonly EvidenceRow[]): void {
  const row = sent.findLast(({ problem }) => problem === 'scim_off')
  if (row) items.set('lookup', failedItem('lookup', row.at, row.id, 'scim_off', {}))
}

/** All steps in their order; a later one that is done has done those before it. */
function reached(items: Items): ChecklistItem[] {
  let later: ChecklistItem | undefined
  const all = STEPS.toReversed().map((step): ChecklistItem => {
    const item = items.get(step) ?? { step, state: 'open', at: null, activity: null }
    if (item.state === 'done') later = item
    const isReached = later !== undefined && item.state === 'open'
    return isReached && later ? { ...later, step } : item
  })
  return all.reverse()
}

function failedItem(
  step: Step,
  at: number,
  activity: string | null,
  code: FaultCode,
  facts: FaultFacts,
): ChecklistItem {
  return { step, state: 'failed', at, activity, ...faultWords(code, { ...facts, at }) }
}
