import { DAY } from '../../base/clock.ts'
import { idAt } from '../../base/ids.ts'
import type { Words } from '../../base/words.ts'
import { type Answers, contactsOf, failuresOf, type Outcomes, outcomesOf } from '../../store/health.ts'
import { type Figures, figuresOf } from '../../store/healthFigures.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { stateOf } from '../tokens/tokens.ts'
import type { CountedHours } from './countedHours.ts'
import { type Facts, type HealthState, judge, lastContactOf } from './judge.ts'
import { problemWords, type ReasonCode, wordsOf } from './reasons.ts'

/** Whether provisioning works in a workspace, and why that is said. Times are milliseconds since the epoch. */
export interface Health {
  readonly state: HealthState
  readonly reason: {
    readonly code: ReasonCode
    readonly en: string
    readonly de: string
    /** What to do about a request that was refused. */
    readonly fix: Words | null
    /** The activity entry that shows it. */
    readonly activity: string | null
  }
  /** Since when the state is known to hold. */
  readonly since: number | null
  /** When a token of the workspace was last accepted. */
  readonly lastContact: number | null
  /** With an account or pending. */
  readonly people: number
  readonly groups: number
  /** Open ones: unresolved members, pending people who cannot be claimed, tokens about to end. */
  readonly problems: number
  /** Answers to requests of the last 24 hours, equal polls counted each. */
  readonly last24h: { readonly ok: number; readonly failed: number }
}

/**
 * The health of each workspace, in their order, by as many statements for all of them as for one. What of a day's requests
 * has been counted already is in `counted`.
 */
export async function healthOfAll(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  workspaces: readonly WorkspaceRow[],
  counted: CountedHours,
): Promise<Health[]> {
  const now = clock()
  const keys = workspaces.map(({ key }) => key)
  const figures = await figuresOf(store, keys)
  const answers = await counted.of(keys, now - DAY, now)
  return (await factsOf(store, workspaces, now)).map((facts) => {
    const { key } = facts.workspace
    return toHealth({ ...facts, figures: figures.get(key) ?? NOBODY, answers: answers.get(key) ?? NONE })
  })
}

/** The state alone of each workspace, in their order, by four statements for all of them. */
export async function statesOfAll(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  workspaces: readonly WorkspaceRow[],
): Promise<HealthState[]> {
  return (await factsOf(store, workspaces, clock())).map((facts) => judge(facts).state)
}

async function factsOf(store: Context['store'], workspaces: readonly WorkspaceRow[], now: number): Promise<Facts[]> {
  const keys = workspaces.map(({ key }) => key)
  const since = idAt('act', now - DAY)
  const outcomes = await outcomesOf(store, keys, since)
  const contacts = Map.groupBy(await contactsOf(store, keys), ({ workspace }) => workspace)
  const failing = Array.from(outcomes.values(), (row) => row.failing).filter((id) => id !== null)
  const failures = await failuresOf(store, keys, failing, since)
  const failed = new Map(failures.map((row) => [row.workspace, row]))
  return workspaces.map((workspace) => ({
    workspace,
    now,
    tokens: contacts.get(workspace.key) ?? [],
    outcomes: outcomes.get(workspace.key) ?? NOTHING,
    failure: failed.get(workspace.key),
  }))
}

/** Of a workspace that went away meanwhile. */
const NOBODY: Figures = { people: 0, groups: 0, unresolved: 0, nameless: 0, claimable: 0 }
const NOTHING: Outcomes = { first: null, last_failed: null, failing: null }
const NONE: Answers = { requests: 0, failed: 0 }

function toHealth(facts: Facts & { readonly figures: Figures; readonly answers: Answers }): Health {
  const { figures, answers, tokens, now } = facts
  const { people, groups, unresolved, nameless, claimable } = figures
  const { requests, failed } = answers
  const verdict = judge(facts)
  const { problem = null } = verdict
  return {
    state: verdict.state,
    reason: {
      code: verdict.code,
      ...wordsOf(verdict.code, verdict.facts, problem),
      fix: problemWords(problem, 'fix'),
      activity: verdict.activity ?? null,
    },
    since: verdict.since,
    lastContact: lastContactOf(tokens),
    people,
    groups,
    problems: unresolved + nameless + claimable + tokens.filter((token) => stateOf(token, now) === 'expiring').length,
    last24h: { ok: requests - failed, failed },
  }
}
