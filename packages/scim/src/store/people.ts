import { turnPeople } from './personLocks.ts'
import { inPieces, inPiecesFlat } from './pieces.ts'
import { type Statement, statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

/** What stands behind an id. */
export const PersonState = { unresolved: 0, removed: 1, pending: 2, account: 3 } as const
export type PersonState = (typeof PersonState)[keyof typeof PersonState]

export interface PersonRow {
  readonly key: number
  readonly id: string
  readonly state: PersonState
  /** 1 while `active` is false. */
  readonly suspended: number
  /** The account's own, as the host gave them. */
  readonly user_name: string | null
  readonly display_name: string | null
  /** JSON: `[{ value, verified, primary }]`. */
  readonly emails: string | null
  /** JSON: what the provider wrote. */
  readonly record: string | null
  /** Of the view, which is the account overlaid by the record: the folded userName; the name shown beside a membership. */
  readonly name: string | null
  readonly shown_name: string | null
  readonly external_id: string | null
  /** JSON: the view with its case-insensitive texts folded, for filters and sorting. */
  readonly search: string | null
  readonly version: number
  readonly created_at: number
  readonly updated_at: number
}

/** What a membership needs to know of an id. */
export interface KnownId {
  readonly key: number
  readonly id: string
  readonly state: PersonState
}

/** kind of an address: shown by the view, or verified by the host. */
export const AddressKind = { view: 1, verified: 2 } as const

export const PERSON_COLUMNS = `p.key, p.id, p.state, p.suspended, p.user_name, p.display_name, p.emails, p.record, p.name,
  p.shown_name, p.external_id, p.search, p.version, p.created_at, p.updated_at`

const WRITTEN = `key bigint, id text, state bigint, suspended bigint, user_name text, display_name text, emails text,
  record text, name text, shown_name text, external_id text, search text, version bigint, created_at bigint, updated_at bigint`

const known = statement<KnownId>(`
  select p.key, p.id, p.state from each(:ids text) as e
  find {people} p (p.workspace_id = :workspace and p.id = e.value)`)
const knownByAlias = statement<KnownId>(`
  select p.key, a.id, p.state from each(:ids text) as e
  find {person_aliases} a (a.workspace_id = :workspace and a.id = e.value)
  find {people} p (p.workspace_id = :workspace and p.key = a.person_key)`)
const knownShared = statement<KnownId>(`${known.text} {hold p}`)
const knownByAliasShared = statement<KnownId>(`${knownByAlias.text} {hold p}`)
const insertUnresolved = statement<KnownId>(`
  insert into {people} as p (workspace_id, id, state, created_at, updated_at)
  select w.key, e.value, ${PersonState.unresolved}, :at, :at from {workspaces} w cross join each(:ids text) as e
  where w.key = :workspace
  on conflict (workspace_id, id) do nothing
  returning key, id, state`)
const unknown = statement<{ id: string }>(`
  select p.id from each(:people bigint) as e
  find {people} p (p.workspace_id = :workspace and p.key = e.value)
  where p.state < ${PersonState.pending}
  order by p.key limit :limit`)
const byId = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from {people} p where p.workspace_id = :workspace and p.id = :id`)
const byAlias = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from {person_aliases} a
  join {people} p on p.workspace_id = :workspace and p.key = a.person_key
  where a.workspace_id = :workspace and a.id = :id`)
const byIds = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from each(:ids text) as e
  find {people} p (p.workspace_id = :workspace and p.id = e.value)`)
const byNames = statement<PersonRow & { claimed_name: string }>(`
  select ${PERSON_COLUMNS}, n.name as claimed_name from each(:names text) as e
  find {person_names} n (n.workspace_id = :workspace and same(n.name, e.value))
  find {people} p (p.workspace_id = :workspace and p.key = n.person_key)`)
const byAddresses = statement<PersonRow & { address: string }>(`
  select ${PERSON_COLUMNS}, a.address from each(:addresses text) as e
  find {person_addresses} a (a.workspace_id = :workspace and a.kind = :kind and same(a.address, e.value))
  find {people} p (p.workspace_id = :workspace and p.key = a.person_key)`)
const insert = statement<{ key: number; id: string }>(`
  insert into {people} as p (workspace_id, id, state, suspended, user_name, display_name, emails, record, name,
    shown_name, external_id, search, version, created_at, updated_at)
  select w.key, r.id, r.state, r.suspended, r.user_name, r.display_name, r.emails, r.record, r.name,
    r.shown_name, r.external_id, json(r.search), r.version, r.created_at, r.updated_at
  from {workspaces} w cross join rows(:rows ${WRITTEN.replace('key bigint, ', '')}) as r
  where w.key = :workspace
  on conflict (workspace_id, id) do nothing
  returning key, id`)
const update = statement(`
  update {people} as p set id = r.id, state = r.state, suspended = r.suspended, user_name = r.user_name,
    display_name = r.display_name, emails = r.emails, record = r.record, name = r.name, shown_name = r.shown_name,
    external_id = r.external_id, search = json(r.search), version = r.version, updated_at = r.updated_at
  from rows(:rows ${WRITTEN}) as r
  where p.workspace_id = :workspace and p.key = r.key`)
const countWrite = statement('update {workspaces} set people_version = people_version + 1 where key = :workspace')
const updateOne = statement(`
  update {people} set id = :id, state = :state, suspended = :suspended, user_name = :user_name,
    display_name = :display_name, emails = :emails, record = :record, name = :name, shown_name = :shown_name,
    external_id = :external_id, search = json(:search), version = :version, updated_at = :updated_at
  where workspace_id = :workspace and key = :key`)
const remove = statement('delete from {people} where workspace_id = :workspace and key = :key')
const deleteNames = statement(`
  delete from {person_names} where workspace_id = :workspace
    and among(person_key, :people bigint)`)
const insertNames = statement(`
  insert into {person_names} (workspace_id, name, person_key)
  select w.key, r.name, r.person from {workspaces} w cross join rows(:rows name text, person bigint) as r
  where w.key = :workspace`)
const deleteAddresses = statement(`
  delete from {person_addresses} where workspace_id = :workspace
    and among(person_key, :people bigint)`)
const insertAddresses = statement(`
  insert into {person_addresses} (workspace_id, kind, address, person_key)
  select w.key, r.kind, r.address, r.person
  from {workspaces} w cross join rows(:rows kind bigint, address text, person bigint) as r
  where w.key = :workspace on conflict do nothing`)
const insertAlias = statement(`
  insert into {person_aliases} (workspace_id, id, person_key) values (:workspace, :id, :person)
  on conflict (workspace_id, id) do update set person_key = excluded.person_key`)

/** Ids that are known, by their own name or by an alias; what is missing in the answer is unknown. */
export function knownIds(reader: Reader, workspace: number, ids: readonly string[]): Promise<Map<string, KnownId>> {
  return find(reader, workspace, ids, known, knownByAlias)
}

/**
 * The same, and until the end of the transaction nobody removes, resolves or claims them: whoever does so afterwards sees the
 * memberships that this transaction adds.
 */
export async function knownIdsHeld(
  writer: Writer,
  workspace: number,
  ids: readonly string[],
): Promise<Map<string, KnownId>> {
  const { held } = writer
  const rest = held ? ids.filter((id) => !held.person(workspace, id)) : ids
  const found = await find(writer, workspace, rest, knownShared, knownByAliasShared)
  if (held)
    for (const id of ids) {
      const row = held.person(workspace, id) as KnownId | undefined
      if (row) found.set(id, row)
    }
  return found
}

/** Looks ids up for several pieces of work at once; those that are known are held by the transaction. */
export async function holdPeople(writer: Writer, workspace: number, ids: readonly string[]): Promise<void> {
  for (const row of await writer.all(knownShared, { workspace, ids })) writer.held?.keepPerson(workspace, row)
}

async function find(
  reader: Reader,
  workspace: number,
  ids: readonly string[],
  byOwn: Statement<KnownId>,
  byFormer: Statement<KnownId>,
): Promise<Map<string, KnownId>> {
  const found = new Map<string, KnownId>()
  if (ids.length === 0) return found
  for (const row of await reader.all(byOwn, { workspace, ids })) found.set(row.id, row)
  if (found.size < ids.length) {
    const missing = ids.filter((id) => !found.has(id))
    for (const row of await reader.all(byFormer, { workspace, ids: missing })) found.set(row.id, row)
  }
  return found
}

export function recordUnresolved(
  writer: Writer,
  workspace: number,
  ids: readonly string[],
  at: number,
): Promise<KnownId[]> {
  return writer.all(insertUnresolved, { workspace, ids, at })
}

/** Ids, among the people given, that nobody stands behind. */
export async function unknownAmong(
  reader: Reader,
  workspace: number,
  people: readonly number[],
  limit: number,
): Promise<string[]> {
  const rows = await reader.all(unknown, { workspace, people, limit })
  return rows.map(({ id }) => id)
}

/** By the id or a former one. */
export async function personById(reader: Reader, workspace: number, id: string): Promise<PersonRow | undefined> {
  return (await reader.get(byId, { workspace, id })) ?? (await reader.get(byAlias, { workspace, id }))
}

export async function peopleByIds(reader: Reader, workspace: number, ids: readonly string[]): Promise<PersonRow[]> {
  return inPiecesFlat(unique(ids), reader.dialect.piece, (piece) => reader.all(byIds, { workspace, ids: piece }))
}

/** Those who hold a folded userName, by account or record. */
export function peopleByNames(
  reader: Reader,
  workspace: number,
  names: readonly string[],
): Promise<(PersonRow & { claimed_name: string })[]> {
  return inPiecesFlat(unique(names), reader.dialect.piece, (piece) => reader.all(byNames, { workspace, names: piece }))
}

export function peopleByAddresses(
  reader: Reader,
  workspace: number,
  kind: (typeof AddressKind)[keyof typeof AddressKind],
  addresses: readonly string[],
): Promise<(PersonRow & { address: string })[]> {
  return inPiecesFlat(unique(addresses), reader.dialect.piece, (piece) =>
    reader.all(byAddresses, { workspace, kind, addresses: piece }),
  )
}

/** Answers the rows that are new: an id that another transaction has added since it was looked for stays as it is. */
export function insertPeople(
  writer: Writer,
  workspace: number,
  rows: readonly Omit<PersonRow, 'key'>[],
): Promise<{ key: number; id: string }[]> {
  return inPiecesFlat(rows, writer.dialect.piece, (piece) =>
    writer.all(insert, { workspace, rows: piece.map((row) => ({ ...row })) }),
  )
}

export async function updatePeople(writer: Writer, workspace: number, rows: readonly PersonRow[]): Promise<void> {
  await turnPeople(writer, workspace, rows)
  await writer.later(countWrite, { workspace })
  const [only] = rows
  if (only && rows.length === 1) {
    const { created_at, ...row } = only
    await writer.run(updateOne, { workspace, ...row })
    return
  }
  await inPieces(rows, writer.dialect.piece, async (piece) => {
    await writer.run(update, { workspace, rows: piece.map((row) => ({ ...row })) })
  })
}

export async function deletePerson(writer: Writer, workspace: number, key: number): Promise<void> {
  await writer.later(countWrite, { workspace })
  await writer.run(remove, { workspace, key })
}

/** Replaces the userNames that people hold. A name held by somebody else violates a constraint. */
export async function replaceNames(
  writer: Writer,
  workspace: number,
  people: readonly number[],
  rows: readonly { name: string; person: number }[],
): Promise<void> {
  await inPieces(people, writer.dialect.piece, async (piece) => {
    await writer.run(deleteNames, { workspace, people: piece })
  })
  await inPieces(rows, writer.dialect.piece, async (piece) => {
    await writer.run(insertNames, { workspace, rows: piece })
  })
}

export async function replaceAddresses(
  writer: Writer,
  workspace: number,
  people: readonly number[],
  rows: readonly { kind: number; address: string; person: number }[],
): Promise<void> {
  await inPieces(people, writer.dialect.piece, async (piece) => {
    await writer.run(deleteAddresses, { workspace, people: piece })
  })
  await inPieces(rows, writer.dialect.piece, async (piece) => {
    await writer.run(insertAddresses, { workspace, rows: piece })
  })
}

export async function addAlias(writer: Writer, workspace: number, id: string, person: number): Promise<void> {
  await writer.run(insertAlias, { workspace, id, person })
}

const forgotten = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from {people} p
  where p.workspace_id = :workspace and p.id > :after and p.state = ${PersonState.pending} and p.updated_at < :before and not exists
    (select 1 from {memberships} m where m.workspace_id = :workspace and m.person_key = p.key)
  order by p.id limit :limit`)

/** Pending people without memberships whom nobody has written to since, in the order of their ids, after the id `after`. */
export function forgottenPending(
  reader: Reader,
  workspace: number,
  { before, after, limit }: { before: number; after: string; limit: number },
): Promise<PersonRow[]> {
  return reader.all(forgotten, { workspace, before, after, limit })
}

/** A value that is asked for twice is found once. */
function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
