import { MINUTE } from '../base/clock.ts'
import type { ChangeRow } from './changes.ts'
import { PersonState } from './people.ts'
import { statement } from './statement.ts'
import { breathe, type Reader } from './store.ts'
import { WINDOW } from './windows.ts'

/** Changes of a person that are read at once. */
const PIECE = 1_000

/** A change as it is read; its key is its position among all changes. */
export interface StoredChange extends Omit<ChangeRow, 'workspace'> {
  readonly key: number
}

/** A change that names a person, with what it says of that person. */
export interface PersonChange extends StoredChange {
  readonly person_operation: number | null
  /** How many of those who have become this person the change names. */
  readonly copies: number
}

/** What a change did to a membership. */
export interface MoveRow {
  readonly change_key: number
  readonly person_key: number
  readonly kind: ChangeRow['kind']
  readonly copies: number
}

const COLUMNS = `c.key, c.id, c.at, c.kind, c.group_key, c.group_id, c.group_name, c.group_external_id, c.actor,
  c.actor_label, c.request, c.operation, c.people_count, c.details`

const ofGroup = statement<StoredChange>(`
  select ${COLUMNS} from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.key < :before
  order by c.key desc limit :limit`)
const ofPerson = statement<StoredChange>(`
  select ${COLUMNS} from (
    select p.change_key from {change_people} p
    where p.workspace_id = :workspace and p.person_key = :person and p.change_key < :before
    order by sorted(p.change_key) desc limit :limit) x
  find {changes} c (c.workspace_id = :workspace and c.key = x.change_key)
  order by x.change_key desc`)
const windowEnd = statement<{ key: number; at: number }>(`
  select c.key, c.at from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.key < :before
  order by c.key desc limit :one offset :window`)
const ofRequest = statement<StoredChange>(`
  select ${COLUMNS} from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.key < :before and c.key >= :end
    and c.request = :request
  order by c.key desc`)
const inGroup = statement<PersonChange>(`
  select ${COLUMNS}, coalesce(x.operation, c.operation) as person_operation,
    coalesce(x.copies, 1) as copies
  from {change_people} x
  find {changes} c (c.workspace_id = :workspace and c.key = x.change_key)
  where x.workspace_id = :workspace and x.person_key = :person and (c.group_key is null or c.group_key = :group)
  order by x.change_key`)
const peopleOf = statement<{ person_key: number }>(`
  select x.person_key from {change_people} x
  where x.workspace_id = :workspace and x.change_key = :change and x.person_key > :after
  order by x.person_key limit :limit`)
const lastAt = statement<{ key: number }>(`
  select c.key from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.at <= :at order by c.key desc limit :limit`)
const writer = statement<{ label: string }>(`
  select c.actor_label as label from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.actor = 'token' order by c.key desc limit :limit`)
const release = statement<{ key: number }>(`
  select c.key from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.kind = 'group_released' order by c.key desc limit :limit`)
const kinds = statement<{ key: number; kind: ChangeRow['kind']; people_count: number }>(`
  select c.key, c.kind, c.people_count from {changes} c
  where c.workspace_id = :workspace and c.group_key = :group and c.key > :after and c.key <= :until
  order by c.key limit :limit`)
const moves = statement<MoveRow>(`
  select x.change_key, x.person_key, c.kind, coalesce(x.copies, 1) as copies from each(:changes bigint) as e
  find {changes} c (c.workspace_id = :workspace and c.key = e.value)
  find {change_people} x (x.workspace_id = :workspace and x.change_key = c.key)
  order by e.key`)
const movesOfOne = statement<MoveRow>(`
  select x.change_key, x.person_key, c.kind, coalesce(x.copies, 1) as copies from {changes} c
  cross join {change_people} x
  where c.workspace_id = :workspace and c.key = :change
    and x.workspace_id = :workspace and x.change_key = :change and x.person_key > :after
  order by x.person_key limit :limit`)
const isMember = statement<{ found: number }>(`
  select 1 as found from {memberships} m
  where m.workspace_id = :workspace and m.group_key = :group and m.person_key = :person`)
const strangers = statement<{ key: number }>(`
  select p.key from {people} p
  where p.workspace_id = :workspace and p.state < 3 and p.state = ${PersonState.unresolved} and p.key > :after
  order by p.key limit :limit`)
const namings = statement<NamedStranger>(`
  select p.id, c.at, c.request, c.key from (
    select x.person_key, max(x.change_key) as change_key from each(:people bigint) as e
    find {change_people} x (x.workspace_id = :workspace and x.person_key = e.value)
    find {changes} a (a.workspace_id = :workspace and a.key = x.change_key)
    where a.group_key = :group and a.kind = 'members_added'
    group by x.person_key) as latest
  find {people} p (p.workspace_id = :workspace and p.key = latest.person_key)
  find {changes} c (c.workspace_id = :workspace and c.key = latest.change_key)
  order by c.key desc, p.key limit :limit`)

/** The newest first, before the change `before`. */
export function changesOfGroup(
  reader: Reader,
  workspace: number,
  group: number,
  { before, limit }: { before: number; limit: number },
): Promise<StoredChange[]> {
  return reader.all(ofGroup, { workspace, group, before, limit })
}

/** The label of the token that changed a group last; nothing where none has. */
export async function lastTokenOf(reader: Reader, workspace: number, group: number): Promise<string | undefined> {
  return (await reader.get(writer, { workspace, group, limit: 1 }))?.label
}

/** Whether a group was a provider's once, and was released. */
export async function wasReleased(reader: Reader, workspace: number, group: number): Promise<boolean> {
  return (await reader.get(release, { workspace, group, limit: 1 })) !== undefined
}

/** The newest first, before the change `before`. */
export function changesOfPerson(
  reader: Reader,
  workspace: number,
  person: number,
  { before, limit }: { before: number; limit: number },
): Promise<StoredChange[]> {
  return reader.all(ofPerson, { workspace, person, before, limit })
}

/** A request, by its reference, and when it came: its changes bear the same time. */
export interface RequestMoment {
  readonly request: string
  readonly at: number
}

/** Changes are in the order of their commits, and no request waits as long for its own as this. */
const LONGEST = 10 * MINUTE

/**
 * What one request changed of a group, the newest first. No index finds it: it is looked for in windows, back to the time of
 * the request.
 */
export async function changesOfRequest(
  reader: Reader,
  workspace: number,
  group: number,
  { request, at }: RequestMoment,
): Promise<StoredChange[]> {
  const found: StoredChange[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const end = await reader.get(windowEnd, { workspace, group, before, one: 1, window: WINDOW - 1 })
    const rows = await reader.all(ofRequest, { workspace, group, before, end: end?.key ?? 0, request })
    found.push(...rows)
    if (!end || end.at < at - LONGEST || (found.length > 0 && rows.length === 0)) return found
    before = end.key
    await breathe()
  }
}

/** What one request changed of a person, the newest first; of a person's changes, which are few, those that are its own. */
export async function personChangesOfRequest(
  reader: Reader,
  workspace: number,
  person: number,
  { request, at }: RequestMoment,
): Promise<StoredChange[]> {
  const found: StoredChange[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const changes = await changesOfPerson(reader, workspace, person, { before, limit: PIECE })
    found.push(...changes.filter((change) => change.request === request))
    const last = changes.at(-1)
    if (!last || changes.length < PIECE || last.at < at - LONGEST) return found
    before = last.key
    await breathe()
  }
}

/** Whatever happened to a person in one group or beside all groups, the oldest first. */
export function changesInGroup(
  reader: Reader,
  workspace: number,
  person: number,
  group: number,
): Promise<PersonChange[]> {
  return reader.all(inGroup, { workspace, person, group })
}

/** Keys of the people of a change, ascending, after the key `after`. */
export async function peopleOfChange(
  reader: Reader,
  workspace: number,
  change: number,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.all(peopleOf, { workspace, change, after, limit })
  return rows.map(({ person_key }) => person_key)
}

/** The last change of a group that had happened at a time; 0 where none had. */
export async function lastChangeAt(reader: Reader, workspace: number, group: number, at: number): Promise<number> {
  return (await reader.get(lastAt, { workspace, group, at, limit: 1 }))?.key ?? 0
}

/** A group's changes without what they say, the oldest first. */
export function changeKinds(
  reader: Reader,
  workspace: number,
  group: number,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<{ key: number; kind: ChangeRow['kind']; people_count: number }[]> {
  return reader.all(kinds, { workspace, group, after, until, limit })
}

/** The people of several changes, in the order of `changes`. */
export function movesOfChanges(reader: Reader, workspace: number, changes: readonly number[]): Promise<MoveRow[]> {
  return reader.all(moves, { workspace, changes })
}

/** The people of a large change, piece by piece, after the key `after`. */
export function movesOfChange(
  reader: Reader,
  workspace: number,
  change: number,
  { after, limit }: { after: number; limit: number },
): Promise<MoveRow[]> {
  return reader.all(movesOfOne, { workspace, change, after, limit })
}

export async function isMemberNow(reader: Reader, workspace: number, group: number, person: number): Promise<boolean> {
  return (await reader.get(isMember, { workspace, group, person })) !== undefined
}

/** An id that nobody has stood behind so far, with the last change by which a group was given it. */
export interface NamedStranger {
  readonly key: number
  readonly id: string
  readonly at: number
  readonly request: string | null
}

/** Keys of all ids that nobody has stood behind so far, ascending, after the key `after`. */
export async function strangersAfter(
  reader: Reader,
  workspace: number,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.all(strangers, { workspace, after, limit })
  return rows.map(({ key }) => key)
}

/** Those of the ids that a group was given as members, those named last first. */
export function namedInGroup(
  reader: Reader,
  workspace: number,
  group: number,
  { people, limit }: { people: readonly number[]; limit: number },
): Promise<NamedStranger[]> {
  return reader.all(namings, { workspace, group, people, limit })
}
