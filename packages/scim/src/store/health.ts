import { AddressKind, PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'
import type { TokenRow } from './tokens.ts'
import { WORKSPACE_COLUMNS, type WorkspaceRow } from './workspaces.ts'

/**
 * What is said of the integrations of several workspaces, each statement for all of them. Whatever is asked of a workspace is
 * bound to its row, so that a distributed store answers each where it lies.
 */
const OF_WORKSPACES = 'from {workspaces} w where among(w.key, :workspaces bigint)'

const page = statement<{ slug: string; workspace_id: number }>(`
  select s.slug, s.workspace_id from {workspace_slugs} s where s.slug > :after order by s.slug limit :limit`)
const rows = statement<WorkspaceRow>(`select ${WORKSPACE_COLUMNS} ${OF_WORKSPACES}`)

/** Workspaces in the order of their slugs, after the slug `after`. */
export async function workspacesPage(
  reader: Reader,
  { after, limit }: { after: string; limit: number },
): Promise<WorkspaceRow[]> {
  const slugs = await reader.all(page, { after, limit })
  if (slugs.length === 0) return []
  const found = await reader.all(rows, { workspaces: slugs.map(({ workspace_id }) => workspace_id) })
  const byKey = new Map(found.map((row) => [row.key, row]))
  return slugs.map(({ workspace_id }) => byKey.get(workspace_id)).filter((row) => row !== undefined)
}

/** An unresolved id is dismissed until it is named anew or becomes unresolved once more: see `problems.ts`. */
const naming = (kinds: string, alias: string) => `
  select 1 from {change_people} ${alias}x
  join {changes} ${alias} on ${alias}.workspace_id = w.key and ${alias}.key = ${alias}x.change_key
  where ${alias}x.workspace_id = w.key and ${alias}x.person_key = p.key and ${alias}.kind in (${kinds})`
const DISMISSED = `exists (${naming("'unresolved_dismissed'", 'd')}
    and not exists (${naming("'members_added', 'person_removed'", 'n')} and nx.change_key > dx.change_key))`
const NAMED = 'exists (select 1 from {memberships} m where m.workspace_id = w.key and m.person_key = p.key)'
const VERIFIED = `select 1 from {person_addresses} v where v.workspace_id = w.key and v.kind = ${AddressKind.verified}`
const CLAIMABLE = `(exists (${VERIFIED} and same(v.address, p.name)) or exists (
    select 1 from {person_addresses} s where s.workspace_id = w.key and s.person_key = p.key
      and s.kind = ${AddressKind.view} and exists (${VERIFIED} and same(v.address, s.address))))`

/** How much is in a workspace. */
interface FiguresRow {
  readonly workspace: number
  readonly people: number
  readonly groups: number
  /** The oldest activity that is kept: its id. */
  readonly first: string | null
}

const figures = statement<FiguresRow>(`
  select w.key as workspace,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state >= ${PersonState.pending}) as people,
    (select count(*) from {groups} g where g.workspace_id = w.key) as groups,
    (select min(a.id) from {activity} a where a.workspace_id = w.key) as first
  ${OF_WORKSPACES}`)

/** What is open in a workspace, and which of its requests wait for a better end. */
export interface StandingRow extends FiguresRow {
  /** Ids that groups name, nobody stands behind and nobody has dismissed. */
  readonly unresolved: number
  /** Pending people whose name is taken, and those whom accounts could claim but none has. */
  readonly nameless: number
  readonly claimable: number
  /** Requests since a time, repeated polls counted each, and those of them that failed. */
  readonly requests: number
  readonly failed: number
  /** Of those that failed, the ids of the newest, and of the newest that has not been put right. */
  readonly last_failed: string | null
  readonly failing: string | null
}

/**
 * Not among them: answers that belong to the protocol, which are to a look-up or a deletion of what is gone, and being asked to
 * slow down; and those of a time when SCIM was off.
 */
const UNWANTED = `a.status >= 400 and a.status <> 429 and coalesce(a.problem, '') <> 'scim_off' and not (a.status = 404 and a.method in ('GET', 'HEAD', 'DELETE'))`

/**
 * Whether an answer like the one to `a` has been better since: to the same request about the same group or person; where it
 * names neither, to the same request, or, where what was to be created was there, to any that wrote such a resource.
 */
const LATER = 'b.workspace_id = w.key and b.id > a.id and b.status < 400'
const PUT_RIGHT = `case
    when a.group_id is not null then exists (
      select 1 from {activity} b where ${LATER} and b.group_id = a.group_id and b.method = a.method)
    when a.person_id is not null then exists (
      select 1 from {activity} b where ${LATER} and b.person_id = a.person_id and b.method = a.method)
    else exists (
      select 1 from {activity} b where ${LATER} and (b.method = a.method and b.route = a.route or
        a.status = 409 and b.method in ('POST', 'PUT', 'PATCH') and b.route in (a.route, a.route || '/{id}')))
    end`

const standing = statement<Omit<StandingRow, 'people' | 'groups' | 'first'>>(`
  select w.key as workspace,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state in (${PersonState.unresolved}, ${PersonState.removed}) and ${NAMED} and not ${DISMISSED}) as unresolved,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state = ${PersonState.pending} and p.name = lower(p.id)) as nameless,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state = ${PersonState.pending} and ${CLAIMABLE}) as claimable,
    (select cast(coalesce(sum(a.count), 0) as bigint) from {activity} a where a.workspace_id = w.key and a.id >= :since) as requests,
    (select cast(coalesce(sum(a.count), 0) as bigint) from {activity} a
      where a.workspace_id = w.key and a.id >= :since and a.status >= 400) as failed,
    (select max(a.id) from {activity} a where a.workspace_id = w.key and a.id >= :since and ${UNWANTED}) as last_failed,
    (select max(a.id) from {activity} a where a.workspace_id = w.key and a.id >= :since and ${UNWANTED}
      and not ${PUT_RIGHT}) as failing
  ${OF_WORKSPACES}`)

/** `since` is an id: of activity from there on. A workspace that goes away meanwhile is missing. */
export async function standingOf(
  reader: Reader,
  workspaces: readonly number[],
  since: string,
): Promise<Map<number, StandingRow>> {
  const counted = new Map((await reader.all(figures, { workspaces })).map((row) => [row.workspace, row]))
  const found = (await reader.all(standing, { workspaces, since })).flatMap((row) => {
    const own = counted.get(row.workspace)
    return own ? [{ ...own, ...row }] : []
  })
  return new Map(found.map((row) => [row.workspace, row]))
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
  /** When the same failed first, since the time that was asked for. */
  readonly since: number
}

const failures = statement<FailureRow>(`
  select w.key as workspace, a.id, a.at, a.method, a.route, a.status,
    (select min(f.at) from {activity} f where f.workspace_id = w.key and f.status >= 400
      and f.id >= :since and f.id <= a.id and f.method = a.method and f.route = a.route
      and coalesce(f.group_id, '') = coalesce(a.group_id, '')
      and coalesce(f.person_id, '') = coalesce(a.person_id, '')) as since
  from {workspaces} w join {activity} a on a.workspace_id = w.key
  where among(w.key, :workspaces bigint) and among(a.id, :ids text)`)

export function failuresOf(
  reader: Reader,
  workspaces: readonly number[],
  ids: readonly string[],
  since: string,
): Promise<FailureRow[]> {
  return reader.all(failures, { workspaces, ids, since })
}
