import { PersonState } from './people.ts'
import { inPiecesFlat } from './pieces.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** SQL: whether memberships of the person `p` count in the workspace `w` (DESIGN.md 4.2). */
export const EFFECTIVE = `p.state = ${PersonState.account} and (p.suspended = 0 or w.suspended = 'ignore')`

export interface EffectiveGroup {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
}

export interface EffectiveMember {
  readonly key: number
  readonly id: string
  readonly shown_name: string
}

// EFFECTIVE, asking for the policy only where somebody is suspended: this is the host's most frequent question.
const ofPerson = statement<EffectiveGroup>(`
  select g.id, g.display_name as "displayName", g.external_id as "externalId" from {people} p
  join {memberships} m on m.workspace_id = p.workspace_id and m.person_key = p.key
  join {groups} g on g.workspace_id = p.workspace_id and g.key = m.group_key
  where p.workspace_id = :workspace and p.id = :id and p.state = ${PersonState.account} and (p.suspended = 0
    or (select w.suspended from {workspaces} w where w.key = p.workspace_id) = 'ignore')
  order by m.group_key`)

/** The groups in which a person, by the id it has now, is effective, named as the host reads them: mapping rows costs. */
export function effectiveGroups(reader: Reader, workspace: number, id: string): Promise<EffectiveGroup[]> {
  return reader.all(ofPerson, { workspace, id })
}

const members = statement<EffectiveMember>(`
  select p.key, p.id, p.shown_name from {workspaces} w
  cross join {memberships} m
  find {people} p (p.workspace_id = :workspace and p.key = m.person_key)
  where w.key = :workspace and m.workspace_id = :workspace and m.group_key = :group and m.person_key > :after
    and ${EFFECTIVE}
  order by m.person_key limit :limit`)

const membersAmong = statement<{ person_key: number }>(`
  select m.person_key from {workspaces} w
  cross join each(:people bigint) as e
  find {memberships} m (m.workspace_id = :workspace and m.group_key = :group and m.person_key = e.value)
  find {people} p (p.workspace_id = :workspace and p.key = m.person_key)
  where w.key = :workspace and ${EFFECTIVE}`)
const peopleAmong = statement<{ key: number }>(`
  select p.key from {workspaces} w
  cross join each(:people bigint) as e
  find {people} p (p.workspace_id = :workspace and p.key = e.value)
  where w.key = :workspace and ${EFFECTIVE}`)

/** Effective members of a group among the people given. */
export function effectiveMembersAmong(
  reader: Reader,
  workspace: number,
  group: number,
  people: readonly number[],
): Promise<number[]> {
  return inPiecesFlat(people, reader.dialect.piece, async (piece) => {
    const rows = await reader.all(membersAmong, { workspace, group, people: piece })
    return rows.map(({ person_key }) => person_key)
  })
}

/** Those of the people given whose memberships count. */
export function effectivePeopleAmong(reader: Reader, workspace: number, people: readonly number[]): Promise<number[]> {
  return inPiecesFlat(people, reader.dialect.piece, async (piece) => {
    const rows = await reader.all(peopleAmong, { workspace, people: piece })
    return rows.map(({ key }) => key)
  })
}

/** Effective members in the order of their keys, after the key `after`. */
export function effectiveMembers(
  reader: Reader,
  workspace: number,
  group: number,
  { after, limit }: { after: number; limit: number },
): Promise<EffectiveMember[]> {
  return reader.all(members, { workspace, group, after, limit })
}
