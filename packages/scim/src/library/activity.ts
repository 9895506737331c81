import { idAt } from '../base/ids.ts'
import type { ProblemCode } from '../base/problems.ts'
import { PROBLEMS } from '../base/problems.ts'
import type { Context, Effect } from '../provisioning/call.ts'
import { type HistoryEntry, requestEntries } from '../provisioning/history/entries.ts'
import { findGroup, findPerson } from '../provisioning/history/subjects.ts'
import { type ActivityRow, activityById } from '../store/activity.ts'
import { type ActivityPlace, type ActivityWanted, followActivity, searchActivity } from '../store/activitySearch.ts'
import { aliasesOf } from '../store/erase.ts'
import { personById } from '../store/people.ts'
import { tokenById, tokensOfWorkspace } from '../store/tokens.ts'
import { type ActivityNames, namesOf } from './activityNames.ts'
import { limitOf, oneOf, textOf, timeOf } from './given.ts'
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
  /** What a refusal was answered with beside its body, such as `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>
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
  /** Whether the body is all that was sent, nothing of it withheld or shortened. */
  readonly whole: boolean
}

/** Which entries are wanted; all that is given holds of each. */
export interface ActivityFilter {
  /** Answered with a status below 400, or from there on. */
  readonly outcome?: 'ok' | 'failed'
  /** The same as the outcome `failed`. */
  readonly failed?: boolean
  /** In capital letters. */
  readonly method?: string
  /** By id, former id or userName: whose resource was asked for or written. An id comes before a name. */
  readonly person?: string
  /** By id or name, also of a group that is gone. */
  readonly group?: string
  /** By the token's id. */
  readonly token?: string
  /** What it was refused for, as an error's code. */
  readonly problem?: string
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
  /** What the request of an entry changed, in the order in which it did; the first 100 of its changes. */
  changes(workspace: string, entry: ActivityEntry): Promise<readonly HistoryEntry[]>
  /** What people call those whom entries are about. */
  names(workspace: string, entries: readonly ActivityEntry[]): Promise<ActivityNames>
}

const PAGE = 50
const FOLLOWED = 200
/** Windows that a page looks through: 10,000 entries. */
const WINDOWS = 2

/** Behind every entry, and before all of them. */
const [NEWEST, OLDEST] = ['~', '']

type Query = ActivityFilter & { readonly before?: string; readonly limit?: number }

/** `flush` writes what is still gathered in memory, so that a look at the activity shows it. */
export function activityOf(context: Context, flush: () => Promise<void>): Activity {
  const entries = async (workspace: number, rows: readonly ActivityRow[]): Promise<ActivityEntry[]> => {
    const tokens = await tokensOfWorkspace(context.store, workspace)
    const labels = new Map(tokens.map(({ key, label }) => [key, label]))
    return rows.map((row) => toEntry(row, row.token_key === null ? null : (labels.get(row.token_key) ?? null)))
  }
  const newestFirst = async (slug: string, query: Query, most?: number) => {
    const { key } = await existingWorkspace(context, slug)
    const { before = NEWEST, limit, from, to } = query
    const start = to === undefined ? before : earlier(textOf('An id', before), idAt('act', timeOf(to)))
    const place: ActivityPlace = {
      from: textOf('An id', start),
      until: from === undefined ? OLDEST : idAt('act', timeOf(from)),
      limit: limitOf(limit, PAGE),
      ...(most !== undefined && { most }),
    }
    const wanted = await wantedBy(context, key, query)
    await flush()
    const { rows, next } = wanted ? await searchActivity(context.store, key, wanted, place) : NOTHING
    return { entries: await entries(key, rows), next }
  }
  return {
    list: async (slug, query = {}) => (await newestFirst(slug, query)).entries,
    page: (slug, query = {}) => newestFirst(slug, query, WINDOWS),
    after: async (slug, query) => {
      const { key } = await existingWorkspace(context, slug)
      const { after, from, to, limit } = query
      const start = from === undefined ? after : later(textOf('An id', after), idAt('act', timeOf(from)))
      const place: ActivityPlace = {
        from: textOf('An id', start),
        until: to === undefined ? NEWEST : idAt('act', timeOf(to)),
        limit: limitOf(limit, FOLLOWED),
      }
      const wanted = await wantedBy(context, key, query)
      await flush()
      return wanted ? entries(key, (await followActivity(context.store, key, wanted, place)).rows) : []
    },
    find: async (slug, id) => {
      const { key } = await existingWorkspace(context, slug)
      await flush()
      const row = await activityById(context.store, key, textOf('An id', id))
      return row && (await entries(key, [row]))[0]
    },
    changes: async (slug, entry) => changesBehind(context, (await existingWorkspace(context, slug)).key, entry),
    names: async (slug, told) => namesOf(context.store, (await existingWorkspace(context, slug)).key, told),
  }
}

async function changesBehind({ store }: Context, workspace: number, { id, at, effect, ...told }: ActivityEntry) {
  if (!effect) return []
  const groupId = effect.groupId ?? told.groupId
  const personId = effect.personId ?? told.personId
  const group = groupId === null ? undefined : await findGroup(store, workspace, groupId)
  const person = personId === null ? undefined : await personById(store, workspace, personId)
  return requestEntries(store, workspace, { group: group?.key, person: person?.key }, { request: id, at })
}

const NOTHING = { rows: [], next: undefined }

/** What a filter means in the store; nothing where no entry can be meant. */
async function wantedBy(
  { store }: Context,
  workspace: number,
  { outcome, failed = false, method, person, group, token, problem }: ActivityFilter,
): Promise<ActivityWanted | undefined> {
  if (failed && outcome === 'ok') return undefined
  const of = token === undefined ? undefined : await tokenById(store, workspace, textOf('A token', token))
  if (token !== undefined && !of) return undefined
  return {
    outcome: failed ? 'failed' : outcomeOf(outcome),
    method: method === undefined ? undefined : textOf('A method', method).toUpperCase(),
    people: person === undefined ? undefined : await idsOf(store, workspace, textOf('A person', person)),
    group: group === undefined ? undefined : await groupIdOf(store, workspace, textOf('A group', group)),
    token: of?.key,
    problem: problem === undefined ? undefined : textOf('A problem', problem),
  }
}

function outcomeOf(outcome: ActivityFilter['outcome']): ActivityFilter['outcome'] {
  return outcome === undefined ? undefined : oneOf<'ok' | 'failed'>('An outcome', outcome, ['ok', 'failed'])
}

/** All ids by which requests have named a person. */
async function idsOf(store: Context['store'], workspace: number, person: string): Promise<string[]> {
  const row = await findPerson(store, workspace, person)
  return row ? [row.id, ...(await aliasesOf(store, workspace, row.key))] : [person]
}

/** An id that no group has or had may still have been asked for. */
async function groupIdOf(store: Context['store'], workspace: number, idOrName: string): Promise<string> {
  return (await findGroup(store, workspace, idOrName))?.id ?? idOrName
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

/** What stands in the column of that name. */
interface Summary extends Effect {
  readonly found?: number
  readonly headers?: ActivityEntry['headers']
  readonly whole?: boolean
}

function toEntry(row: ActivityRow, token: string | null): ActivityEntry {
  const problem = row.problem as ProblemCode | null
  const { headers, whole = false, ...told } = (parse(row.summary) ?? {}) as Summary
  const isLookup = told.found !== undefined
  const isEffect = row.summary !== null && row.status < 400 && !isLookup
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
    headers: headers ?? {},
    groupId: row.group_id,
    personId: row.person_id,
    effect: isEffect ? told : null,
    lookup: isLookup ? (told as ActivityEntry['lookup']) : null,
    rules: (parse(row.rules) as string[] | null) ?? [],
    ignored: (parse(row.ignored) as string[] | null) ?? [],
    body: parse(row.shape),
    whole,
  }
}

function parse(json: string | null): unknown {
  return json === null ? null : JSON.parse(json)
}
