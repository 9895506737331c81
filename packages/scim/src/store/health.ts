import { statement } from './statement.ts'
import type { Reader } from './store.ts'
import type { TokenRow } from './tokens.ts'
import { inWindows } from './windows.ts'
import { isCalled, WORKSPACE_COLUMNS, type WorkspaceRow } from './workspaces.ts'

/**
 * What is said of the integrations of several workspaces, each statement for all of them. Whatever is asked of a workspace is
 * bound to its row, so that a distributed store answers each where it lies.
 */
const OF_WORKSPACES = 'from {workspaces} w where among(w.key, :workspaces bigint)'

const page = statement<Named>(`
  select s.slug, s.workspace_id from {workspace_slugs} s where s.slug > :after order by s.slug limit :limit`)
const windowEnd = statement<{ slug: string }>(`
  select s.slug from {workspace_slugs} s where s.slug > :after order by s.slug limit :one offset :window`)
const window = statement<Named>(`
  select s.slug, s.workspace_id from {workspace_slugs} s where s.slug > :after and s.slug <= :end order by s.slug`)
const rows = statement<WorkspaceRow>(`select ${WORKSPACE_COLUMNS} ${OF_WORKSPACES}`)

interface Named {
  readonly slug: string
  readonly workspace_id: number
}

/** Workspaces whose names one statement reads. */
const LOOKED_THROUGH = 1_000

/** Behind every slug. */
const LAST = '~'

/** Which workspaces are wanted: after a slug, and, where `search` is not empty, with it, folded, in name or slug. */
export interface WorkspacesWanted {
  readonly after: string
  readonly limit: number
  readonly search?: string
  /** Workspaces that are looked through at once. */
  readonly window?: number
}

/**
 * Workspaces in the order of their slugs; `next` is the slug to go on from, where there may be more. Slugs are in a table of
 * all workspaces, names with each workspace: so names are read by key, and compared here, where texts are folded.
 */
export async function workspacesPage(
  reader: Reader,
  { after, limit, search = '', window: size = LOOKED_THROUGH }: WorkspacesWanted,
): Promise<{ rows: WorkspaceRow[]; next: string | undefined }> {
  if (search === '') {
    const slugs = await reader.all(page, { after, limit })
    return {
      rows: await workspacesOf(reader, keysOf(slugs)),
      next: slugs.length < limit ? undefined : slugs.at(-1)?.slug,
    }
  }
  const called = async (from: string, end: string): Promise<WorkspaceRow[]> => {
    const slugs = await reader.all(window, { after: from, end })
    return (await workspacesOf(reader, keysOf(slugs))).filter((row) => isCalled(row, search))
  }
  return inWindows<WorkspaceRow, string>(
    {
      end: async (from) => (await reader.get(windowEnd, { after: from, one: 1, window: size - 1 }))?.slug,
      rows: async (from, end = LAST, left) => (await called(from, end)).slice(0, left),
      place: ({ slug }) => slug,
    },
    { after, limit },
  )
}

/** Of these keys, in their order; one that is gone by now is missing. */
export async function workspacesOf(reader: Reader, keys: readonly number[]): Promise<WorkspaceRow[]> {
  if (keys.length === 0) return []
  const found = await reader.all(rows, { workspaces: keys })
  const byKey = new Map(found.map((row) => [row.key, row]))
  return keys.map((key) => byKey.get(key)).filter((row) => row !== undefined)
}

function keysOf(named: readonly Named[]): number[] {
  return named.map(({ workspace_id }) => workspace_id)
}

/** Requests to a workspace, repeated polls counted each, and those of them that failed. */
export interface Answers {
  readonly requests: number
  readonly failed: number
}

/** How requests to a workspace ended. */
export interface Outcomes {
  /** Ids: of the oldest that is kept; of those that failed, the newest, and the newest that has not been put right. */
  readonly first: string | null
  readonly last_failed: string | null
  readonly failing: string | null
}

const answers = statement<Answers & { readonly workspace: number }>(`
  select a.workspace_id as workspace, cast(sum(a.count) as bigint) as requests,
    cast(sum(case when a.status >= 400 then a.count else 0 end) as bigint) as failed
  from {activity} a where among(a.workspace_id, :workspaces bigint) and a.id >= :since and a.id < :until
  group by a.workspace_id`)

/** Of several workspaces, by ids of activity; one that nobody asked for anything is missing. */
export async function answersOf(
  reader: Reader,
  workspaces: readonly number[],
  { since, until }: { readonly since: string; readonly until: string },
): Promise<Map<number, Answers>> {
  const rows = await reader.all(answers, { workspaces, since, until })
  return new Map(rows.map(({ workspace, requests, failed }) => [workspace, { requests, failed }]))
}

/**
 * SQL: whether a request failed in a way that somebody has to do something about. Not among these: answers that belong to the protocol, which are to a look-up or a deletion of what is gone, and being asked to
 * slow down; and those of a time when SCIM was off.
 */
export const UNWANTED = `a.status >= 400 and a.status <> 429 and coalesce(a.problem, '') <> 'scim_off' and not (a.status = 404 and a.method in ('GET', 'HEAD', 'DELETE'))`

/** Whether the same request about the same group or person has succeeded since. */
const LATER = 'b.workspace_id = w.key and b.id > a.id and b.status < 400 and b.method = a.method'
const PUT_RIGHT = `case when a.group_id is not null
      then exists (select 1 from {activity} b where ${LATER} and b.group_id = a.group_id)
      else exists (select 1 from {activity} b where ${LATER} and b.person_id = a.person_id) end`

const failing = statement<Outcomes & { workspace: number }>(`
  select w.key as workspace,
    (select min(a.id) from {activity} a where a.workspace_id = w.key) as first,
    (select max(a.id) from {activity} a where a.workspace_id = w.key and a.id >= :since and ${UNWANTED}) as last_failed,
    (select max(a.id) from {activity} a where a.workspace_id = w.key and a.id >= :since and ${UNWANTED}
      and (a.group_id is not null or a.person_id is not null) and not ${PUT_RIGHT}) as failing
  ${OF_WORKSPACES}`)

// What names neither is of few kinds: the newest of each is looked at, since the walk to a success may be long. Where what was
// to be created was there already, some go on to write to it, which is as good.
const failingKinds = statement<{ workspace_id: number; id: string }>(`
  select k.workspace_id, max(k.id) as id from (
    select w.key as workspace_id, a.method, a.route, case a.status when 409 then 1 else 0 end as taken, max(a.id) as id
    from {workspaces} w join {activity} a on a.workspace_id = w.key
    where among(w.key, :workspaces bigint) and a.id >= :since and ${UNWANTED} and a.group_id is null and a.person_id is null
    group by w.key, a.method, a.route, case a.status when 409 then 1 else 0 end) k
  where not exists (
    select 1 from {activity} b where b.workspace_id = k.workspace_id and b.id > k.id and b.status < 400
      and (b.method = k.method and b.route = k.route or
        k.taken = 1 and b.method in ('POST', 'PUT', 'PATCH') and b.route in (k.route, k.route || '/{id}')))
  group by k.workspace_id`)

/** Of several workspaces; `since` is an id of activity. One that is gone is missing. */
export async function outcomesOf(
  reader: Reader,
  workspaces: readonly number[],
  since: string,
): Promise<Map<number, Outcomes>> {
  const asked = { workspaces, since }
  const kinds = new Map((await reader.all(failingKinds, asked)).map((row) => [row.workspace_id, row.id]))
  const rows = await reader.all(failing, asked)
  return new Map(
    rows.map(({ workspace, first, last_failed, failing: named }) => [
      workspace,
      { first, last_failed, failing: newer(named, kinds.get(workspace) ?? null) },
    ]),
  )
}

function newer(one: string | null, other: string | null): string | null {
  return (one ?? '') > (other ?? '') ? one : other
}

/** A token, and when it was last refused. */
export interface ContactRow
  extends Pick<TokenRow, 'key' | 'label' | 'provider' | 'created_at' | 'expires_at' | 'revoked_at' | 'last_used_at'> {
  readonly workspace: number
  /** Minutes since the epoch: refused because it has ended, or because what came was no true copy of it. */
  readonly refused: number | null
  readonly wrong: number | null
}

const refusal = (condition: string) => `
    (select max(r.minute) from {token_refusals} r
      where r.workspace_id = w.key and r.token_key = t.key and r.reason ${condition})`
const contacts = statement<ContactRow>(`
  select w.key as workspace, t.key, t.label, t.provider, t.created_at, t.expires_at, t.revoked_at, t.last_used_at,
    ${refusal("in ('expired', 'revoked')")} as refused,
    ${refusal("= 'wrong'")} as wrong
  from {workspaces} w join {tokens} t on t.workspace_id = w.key
  where among(w.key, :workspaces bigint) order by t.key`)

export function contactsOf(reader: Reader, workspaces: readonly number[]): Promise<ContactRow[]> {
  return reader.all(contacts, { workspaces })
}

/** A request that failed. */
export interface FailureRow {
  readonly workspace: number
  readonly id: string
  readonly at: number
  readonly method: string
  readonly route: string
  readonly status: number
  readonly problem: string | null
  /** When the same failed first, since the time that was asked for. */
  readonly since: number
}

const failures = statement<FailureRow>(`
  select w.key as workspace, a.id, a.at, a.method, a.route, a.status, a.problem,
    (select min(f.at) from {activity} f where f.workspace_id = w.key and f.status >= 400
      and f.id >= :since and f.id <= a.id and f.method = a.method and f.route = a.route
      and coalesce(f.group_id, '') = coalesce(a.group_id, '')
      and coalesce(f.person_id, '') = coalesce(a.person_id, '')) as since
  from {workspaces} w join {activity} a on a.workspace_id = w.key and a.status >= 400 and a.id >= :since
  where among(w.key, :workspaces bigint) and among(a.id, :ids text)`)

export function failuresOf(
  reader: Reader,
  workspaces: readonly number[],
  ids: readonly string[],
  since: string,
): Promise<FailureRow[]> {
  return reader.all(failures, { workspaces, ids, since })
}
