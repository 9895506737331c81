import { refuse } from '../base/errors.ts'
import { type Call, type Context, HOST } from '../provisioning/call.ts'
import { letThrough, stateOf, turnAway } from '../provisioning/guard/holds.ts'
import { ADMITTED_FOR } from '../provisioning/guard/losses.ts'
import { whatToPress } from '../provisioning/guard/press.ts'
import type { Language } from '../provisioning/history/sentences.ts'
import { type HoldKind, holdsPage, type ShownHoldRow } from '../store/holds.ts'
import { limitOf, textOf } from './given.ts'
import type { By } from './groups.ts'
import { existingWorkspace } from './workspaces.ts'

/** A removal that the guard did not apply. Equal ones, of the same people from the same group, are one hold. */
export interface Hold {
  /** `hld_…`, as the provider was told. */
  readonly id: string
  readonly group: { readonly id: string; readonly displayName: string }
  /** Whether members were to be taken out, the group deleted or a person: of each kind of request so far, the latest first. */
  readonly kinds: readonly HoldKind[]
  /**
   * `expired`: it was let through, and the 24 hours are over, or the guard was turned off while it waited. `applied`: an equal
   * removal was, or as much as was let through. `gone`: its group is.
   */
  readonly state: 'open' | 'let_through' | 'expired' | 'turned_away' | 'applied' | 'gone'
  /** Effective memberships that it would end. */
  readonly losses: number
  /** What the group had lost in the ten minutes before, and how much the guard allowed, when it was asked for last. */
  readonly lostBefore: number
  readonly limit: number
  /** How often it was asked for, and when. */
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** The activity entry of the last request. */
  readonly request: string | null
  /** The token's label, and its provider. */
  readonly token: string
  readonly provider: string
  readonly decidedAt: number | null
  readonly decidedBy: string | null
  /** While it is let through: losses that are still admitted, and until when. */
  readonly admits: { readonly losses: number; readonly until: number } | null
}

/** What the guard against mass removal has held, and what becomes of it. */
export interface Holds {
  /** The newest first, before the hold `before`. */
  list(
    workspace: string,
    query?: { readonly state?: 'open' | undefined; readonly before?: string | undefined; readonly limit?: number },
  ): Promise<Hold[]>
  /**
   * Applies nothing by itself: for 24 hours, up to `losses` of the group are admitted, by whatever request. `press` says
   * what to do at the provider. What was applied stays so. Refuses a hold that is not there with `hold_unknown`.
   */
  letThrough(
    workspace: string,
    hold: string,
    by?: By,
  ): Promise<{ hold: Hold; press: Readonly<Record<Language, string>> }>
  /**
   * Equal requests are refused with 403, also where the guard would allow them, until the hold is let through after all or its
   * group is gone.
   */
  turnAway(workspace: string, hold: string, by?: By): Promise<Hold>
}

const PAGE = 50

export function holdsOf(context: Context): Holds {
  const call = async (slug: string, { admin }: By = {}): Promise<Call> => ({
    workspace: await existingWorkspace(context, slug),
    actor: admin === undefined ? HOST : { kind: 'admin', label: admin },
    request: null,
    at: context.clock(),
  })
  return {
    list: async (slug, { state, before = '~', limit } = {}) => {
      const { key } = await existingWorkspace(context, slug)
      if (state !== undefined && state !== 'open') throw refuse('invalid_value', `"${state}" is no state to list.`)
      const query = { status: state ?? '', before: textOf('A hold', before), limit: limitOf(limit, PAGE) } as const
      return (await holdsPage(context.store, key, query)).map((row) => toHold(row, context.clock()))
    },
    letThrough: async (slug, id, by) => {
      const row = await letThrough(context, await call(slug, by), textOf('A hold', id))
      return { hold: toHold(row, context.clock()), press: whatToPress(row) }
    },
    turnAway: async (slug, id, by) =>
      toHold(await turnAway(context, await call(slug, by), textOf('A hold', id)), context.clock()),
  }
}

function toHold(row: ShownHoldRow, now: number): Hold {
  const state = stateOf(row, now)
  const until = (row.decided_at ?? 0) + ADMITTED_FOR
  return {
    id: row.id,
    group: { id: row.group_id, displayName: row.group_name },
    kinds: row.kind.split(',') as HoldKind[],
    state,
    losses: row.losses,
    lostBefore: row.lost_before,
    limit: row.allowed,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
    request: row.request,
    token: row.token_label,
    provider: row.provider,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    admits: state === 'let_through' ? { losses: row.losses - row.used, until } : null,
  }
}
