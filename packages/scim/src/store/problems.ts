import type { ChangeKind } from './changes.ts'
import { PERSON_COLUMNS, type PersonRow, PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** An id that groups name and nobody stands behind. */
export interface UnresolvedRow {
  readonly key: number
  readonly id: string
  /** The newest change that made it an open problem or that dismissed it. */
  readonly kind: ChangeKind | null
  readonly at: number | null
}

const newest = (column: string) => `
    (select c.${column} from {change_people} x
      join {changes} c on c.workspace_id = :workspace and c.key = x.change_key
      where x.workspace_id = :workspace and x.person_key = p.key
        and c.kind in ('members_added', 'person_removed', 'unresolved_dismissed')
      order by sorted(x.change_key) desc limit 1) as ${column}`
const COLUMNS = `p.key, p.id, ${newest('kind')}, ${newest('at')}`
const NAMED = `exists (select 1 from {memberships} m where m.workspace_id = :workspace and m.person_key = p.key)`

const unresolved = statement<UnresolvedRow>(`
  select ${COLUMNS} from {people} p
  where p.workspace_id = :workspace and p.state < 3 and p.state = :state and p.key > :after and ${NAMED}
  order by p.key limit :limit`)
const unresolvedById = statement<UnresolvedRow>(`
  select ${COLUMNS} from {people} p
  where p.workspace_id = :workspace and p.id = :id and p.state < ${PersonState.pending} and ${NAMED}`)
const pending = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from {people} p
  where p.workspace_id = :workspace and p.state < 3 and p.state = ${PersonState.pending} and p.key > :after
  order by p.key limit :limit`)

export interface After {
  readonly after: number
  readonly limit: number
}

/** Ids in a state without a person that some group names, in the order of their keys. */
export function unresolvedPage(
  reader: Reader,
  workspace: number,
  state: typeof PersonState.unresolved | typeof PersonState.removed,
  { after, limit }: After,
): Promise<UnresolvedRow[]> {
  return reader.all(unresolved, { workspace, state, after, limit })
}

export function unresolvedMember(reader: Reader, workspace: number, id: string): Promise<UnresolvedRow | undefined> {
  return reader.get(unresolvedById, { workspace, id })
}

/** Pending people in the order of their keys. */
export function pendingPage(reader: Reader, workspace: number, { after, limit }: After): Promise<PersonRow[]> {
  return reader.all(pending, { workspace, after, limit })
}
