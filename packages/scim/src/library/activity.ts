import type { ProblemCode } from '../base/problems.ts'
import { PROBLEMS } from '../base/problems.ts'
import type { Context, Effect } from '../provisioning/call.ts'
import { type ActivityRow, activityAfter, activityBefore, activityById } from '../store/activity.ts'
import { tokensOfWorkspace } from '../store/tokens.ts'
import { limitOf, textOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** One SCIM request, or several equal polls. */
export interface ActivityEntry {
  readonly id: string
  readonly at: number
  /** How many equal requests it stands for, and when the last of them was. */
  readonly count: number
  readonly lastAt: number
  /** The token's label. */
  readonly token: string | null
  readonly client: string | null
  readonly address: string | null
  readonly method: string
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  readonly problem: ProblemCode | null
  readonly detail: string | null
  readonly fix: string | null
  readonly groupId: string | null
  readonly personId: string | null
  /** What a write did. */
  readonly effect: Effect | null
  /** What a look-up asked for, and how many it found. */
  readonly lookup: { readonly filter?: string; readonly found: number } | null
  /** Dialect rules that reading the body needed. */
  readonly rules: readonly string[]
  /** Attributes that were sent and passed over. */
  readonly ignored: readonly string[]
  /** The request's body, redacted. */
  readonly body: unknown
}

/** Which entries are wanted; all that is given holds of each. */
export interface ActivityFilter {
  /** Answered with a status below 400, or from there on. */
  readonly outcome?: 'ok' | 'failed'
  /** The same as the outcome `failed`. */
  readonly failed?: boolean
  /** In capital letters. */
  readonly method?: string
  /** By id or a former one: whose resource was asked for or written. */
  readonly person?: string
  readonly group?: string
  /** By the token's id. */
  readonly token?: string
  /** When the request came, in milliseconds since the epoch: `from` this time, and before `to`. */
  readonly from?: number
  readonly to?: number
}

export interface Activity {
  /** The newest first, before the entry `before`. */
  list(
    workspace: string,
    query?: ActivityFilter & { readonly before?: string; readonly limit?: number },
  ): Promise<ActivityEntry[]>
  /**
   * The same with a bound on what one call looks through (10,000 entries): a page may be short, or empty, though there are
   * more. `next` is the `before` of the page after; there is none where the end has been reached.
   */
  page(
    workspace: string,
    query?: ActivityFilter & { readonly before?: string; readonly limit?: number },
  ): Promise<{ readonly entries: readonly ActivityEntry[]; readonly next: string | undefined }>
  /** The oldest first, after the entry `after`; for following. */
  after(
    workspace: string,
    query: ActivityFilter & { readonly after: string; readonly limit?: number },
  ): Promise<ActivityEntry[]>
  /** By the reference that an error names. */
  find(workspace: string, id: string): Promise<ActivityEntry | undefined>
}

const PAGE = 50

/** `flush` writes what is still gathered in memory, so that a look at the activity shows it. */
export function activityOf(context: Context, flush: () => Promise<void>): Activity {
  const entries = async (workspace: number, rows: readonly ActivityRow[]): Promise<ActivityEntry[]> => {
    const tokens = await tokensOfWorkspace(context.store, workspace)
    const labels = new Map(tokens.map(({ key, label }) => [key, label]))
    return rows.map((row) => toEntry(row, row.token_key === null ? null : (labels.get(row.token_key) ?? null)))
  }
  return {
    list: async (slug, query = {}) => {
      const { key } = await existingWorkspace(context, slug)
      await flush()
      const limit = limitOf(query.limit, PAGE)
      return entries(key, await activityBefore(context.store, key, { ...query, limit }))
    },
    page: async () => {
      throw new Error('not yet')
    },
    after: async (slug, query) => {
      const { key } = await existingWorkspace(context, slug)
      await flush()
      return entries(key, await activityAfter(context.store, key, query))
    },
    find: async (slug, id) => {
      const { key } = await existingWorkspace(context, slug)
      await flush()
      const row = await activityById(context.store, key, textOf('An id', id))
      return row && (await entries(key, [row]))[0]
    },
  }
}

function toEntry(row: ActivityRow, token: string | null): ActivityEntry {
  const problem = row.problem as ProblemCode | null
  const summary = parse(row.summary) as (Effect & { found?: number }) | null
  const isLookup = summary !== null && summary.found !== undefined
  return {
    id: row.id,
    at: row.at,
    count: row.count,
    lastAt: row.last_at,
    token,
    client: row.client,
    address: row.address,
    method: row.method,
    route: row.route,
    status: row.status,
    milliseconds: row.duration,
    problem,
    detail: row.detail,
    fix: problem === null ? null : PROBLEMS[problem].fix,
    groupId: row.group_id,
    personId: row.person_id,
    effect: isLookup ? null : summary,
    lookup: isLookup ? (summary as ActivityEntry['lookup']) : null,
    rules: (parse(row.rules) as string[] | null) ?? [],
    ignored: (parse(row.ignored) as string[] | null) ?? [],
    body: parse(row.shape),
  }
}

function parse(json: string | null): unknown {
  return json === null ? null : JSON.parse(json)
}
