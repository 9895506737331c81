import { DAY, HOUR, MINUTE } from '../../base/clock.ts'
import { timeOfId } from '../../base/ids.ts'
import type { ProblemCode } from '../../base/problems.ts'
import type { ContactRow, FailureRow, Outcomes } from '../../store/health.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import { type Provider, stateOf } from '../tokens/tokens.ts'
import type { ReasonCode } from './reasons.ts'

/**
 * Of an integration: `off` without SCIM, `waiting` until the first contact, `failing` while something that the provider wants
 * is refused, `silent` where a provider that polls has stopped, else `healthy`.
 */
export type HealthState = (typeof HEALTH_STATES)[number]

/** What needs somebody comes first. */
export const HEALTH_STATES = ['failing', 'silent', 'waiting', 'healthy', 'off'] as const

/** What is known of an integration. */
export interface Facts {
  readonly workspace: WorkspaceRow
  readonly now: number
  readonly tokens: readonly ContactRow[]
  readonly outcomes: Outcomes
  /** The newest request that failed and has not been put right. */
  readonly failure: FailureRow | undefined
}

export interface Verdict {
  readonly state: HealthState
  readonly code: ReasonCode
  readonly since: number | null
  /** For the reason's words; times are put in words there. */
  readonly facts?: Readonly<Record<string, string | number>>
  readonly activity?: string
  /** What a request was refused for. */
  readonly problem?: ProblemCode | null
}

/** Minutes between the cycles of providers that ask whether or not anything has changed (identity-providers.md, 2.2). */
const CYCLES: ReadonlyMap<string, number> = new Map<Provider, number>([['entra', 40]])

/**
 * Milliseconds that a provider that polls may be away, 3 hours: four of Entra's cycles of 40 minutes and a little more, since a
 * cycle takes as long as it has to do.
 */
export const SILENT_AFTER = 3 * HOUR

/** When a token was last accepted. */
export function lastContactOf(tokens: readonly ContactRow[]): number | null {
  return latestUse(tokens)?.last_used_at ?? null
}

/** The state of an integration with its reason: the first of these that holds. */
export function judge(facts: Facts): Verdict {
  if (facts.workspace.scim === 0) return { state: 'off', code: 'scim_off', since: null }
  const refused = refusedOf(facts)
  if (refused) return refused
  const last = latestUse(facts.tokens)
  if (!last) return waiting(facts)
  return withoutToken(facts) ?? failing(facts) ?? silent(facts, last) ?? healthy(facts, last)
}

/**
 * A token that has ended and is still being used, the last time today; unless the provider has since used another, as it
 * does in a rotation.
 */
function refusedOf({ tokens, now }: Facts): Verdict | undefined {
  const refused = tokens
    .filter((token) => token.refused !== null && token.refused * MINUTE > now - DAY)
    .filter(({ provider, refused }) => {
      const use = latestUse(tokens.filter((token) => token.provider === provider))
      return (use?.last_used_at ?? 0) < (refused as number) * MINUTE
    })
    .sort((one, other) => (one.refused as number) - (other.refused as number))
    .at(-1)
  if (!refused) return undefined
  return {
    state: 'failing',
    code: refused.revoked_at === null ? 'token_expired' : 'token_revoked',
    since: endOf(refused),
    facts: { label: refused.label, at: (refused.refused as number) * MINUTE },
  }
}

function waiting({ tokens, now }: Facts): Verdict {
  const live = tokens.filter((token) => isLive(token, now))
  const wrong = live.find((token) => token.wrong !== null)
  if (wrong) {
    const at = (wrong.wrong as number) * MINUTE
    return { state: 'failing', code: 'token_wrong', since: at, facts: { label: wrong.label, at } }
  }
  const [oldest] = live
  if (!oldest) return { state: 'waiting', code: 'no_token', since: null }
  return { state: 'waiting', code: 'no_contact', since: oldest.created_at }
}

function withoutToken({ tokens, now }: Facts): Verdict | undefined {
  if (tokens.some((token) => isLive(token, now))) return undefined
  return { state: 'failing', code: 'no_live_token', since: Math.max(...tokens.map(endOf)) }
}

function failing({ failure }: Facts): Verdict | undefined {
  if (!failure) return undefined
  const { id, at, method, route, status, problem, since } = failure
  const code = status < 500 ? 'request_refused' : 'request_faulted'
  return {
    state: 'failing',
    code,
    since,
    facts: { at, method, route, status },
    problem: problem as ProblemCode | null,
    activity: id,
  }
}

function silent({ now }: Facts, { provider, last_used_at: at }: Used): Verdict | undefined {
  const minutes = CYCLES.get(provider)
  if (minutes === undefined || now - at <= SILENT_AFTER) return undefined
  const hours = Math.floor((now - at) / HOUR)
  return { state: 'silent', code: 'polls_missing', since: at, facts: { at, minutes, hours } }
}

/** Since the newest failure of today, all of which have been put right, or since activity is kept. */
function healthy({ outcomes: { first, last_failed } }: Facts, { last_used_at: at }: Used): Verdict {
  const start = last_failed ?? first
  return { state: 'healthy', code: 'in_contact', since: start === null ? null : timeOfId(start), facts: { at } }
}

type Used = ContactRow & { readonly last_used_at: number }

/** The token that was used last. */
function latestUse(tokens: readonly ContactRow[]): Used | undefined {
  const used = tokens.filter((token): token is Used => token.last_used_at !== null)
  return used.sort((one, other) => one.last_used_at - other.last_used_at).at(-1)
}

function isLive(token: ContactRow, now: number): boolean {
  const state = stateOf(token, now)
  return state === 'live' || state === 'expiring'
}

function endOf({ expires_at, revoked_at }: ContactRow): number {
  return Math.min(expires_at, revoked_at ?? expires_at)
}
