import { AddressKind, PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** How much is in a workspace. */
export interface Figures {
  /** With an account or pending. */
  readonly people: number
  readonly groups: number
  /** Ids that groups name, nobody stands behind and nobody has dismissed. */
  readonly unresolved: number
  /** Pending people whose name is taken, and those whom accounts could claim but none has. */
  readonly nameless: number
  readonly claimable: number
}

interface Counted {
  readonly workspace: number
  readonly count: number
}

const counting = (table: 'people' | 'groups', condition = '') =>
  statement<Counted>(`
    select t.workspace_id as workspace, count(*) as count from {${table}} t
    where among(t.workspace_id, :workspaces bigint) ${condition} group by t.workspace_id`)
const people = counting('people', `and t.state >= ${PersonState.pending}`)
const groups = counting('groups')

/** SQL: an aggregate of rows that an index finds for each person. As a condition, a planner would read all of a table for it. */
const NAMED = `(select min(m.group_key) from {memberships} m where m.workspace_id = w.key and m.person_key = p.key) is not null`
const latest = (kinds: string) => `coalesce((select max(x.change_key) from {change_people} x
      find {changes} c (c.workspace_id = w.key and c.key = x.change_key)
      where x.workspace_id = w.key and x.person_key = p.key and c.kind in (${kinds})), 0)`
// An unresolved id is dismissed until it is named anew or becomes unresolved once more: see `problems.ts`.
const IS_OPEN = `${latest("'unresolved_dismissed'")} <= ${latest("'members_added', 'person_removed'")}`
const verified = (address: string) =>
  `v.workspace_id = w.key and v.kind = ${AddressKind.verified} and same(v.address, ${address})`
const CLAIMABLE = `((select min(v.person_key) from {person_addresses} v where ${verified('p.name')}) is not null
      or (select min(v.person_key) from {person_addresses} s find {person_addresses} v (${verified('s.address')})
        where s.workspace_id = w.key and s.person_key = p.key and s.kind = ${AddressKind.view}) is not null)`

const open = statement<Pick<Figures, 'unresolved' | 'nameless' | 'claimable'> & { workspace: number }>(`
  select w.key as workspace,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state in (${PersonState.unresolved}, ${PersonState.removed}) and ${NAMED} and ${IS_OPEN}) as unresolved,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state = ${PersonState.pending} and p.name = lower(p.id)) as nameless,
    (select count(*) from {people} p where p.workspace_id = w.key and p.state < 3
      and p.state = ${PersonState.pending} and ${CLAIMABLE}) as claimable
  from {workspaces} w where among(w.key, :workspaces bigint)`)

/** The figures of several workspaces; one that is gone is missing. */
export async function figuresOf(reader: Reader, workspaces: readonly number[]): Promise<Map<number, Figures>> {
  const counted = async (by: typeof people) =>
    new Map((await reader.all(by, { workspaces })).map(({ workspace, count }) => [workspace, count]))
  const [byPeople, byGroups] = [await counted(people), await counted(groups)]
  const rows = await reader.all(open, { workspaces })
  return new Map(
    rows.map(({ workspace, ...problems }) => [
      workspace,
      { people: byPeople.get(workspace) ?? 0, groups: byGroups.get(workspace) ?? 0, ...problems },
    ]),
  )
}
