import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface GroupRow {
  readonly key: number
  readonly id: string
  readonly external_id: string | null
  readonly display_name: string
  /** The folded display name. */
  readonly name: string
  readonly version: number
  /** 1 once a provider has written to the group. */
  readonly managed: number
  readonly member_count: number
  readonly created_at: number
  readonly updated_at: number
}

const COLUMNS = 'key, id, external_id, display_name, name, version, managed, member_count, created_at, updated_at'

/** The columns of a {@link GroupRow}, of a table named `g`. */
export const GROUP_COLUMNS = COLUMNS.replaceAll(/\w+/g, 'g.$&')

const insert = statement<GroupRow>(`
  insert into {groups} as g
    (workspace_id, id, external_id, display_name, name, version, managed, member_count, created_at, updated_at)
  select w.key, :id, :external_id, :display_name, :name, 1, :managed, 0, :at, :at from {workspaces} w where w.key = :workspace
  returning ${COLUMNS}`)
const byId = statement<GroupRow>(
  `select ${GROUP_COLUMNS} from {groups} g where g.workspace_id = :workspace and g.id = :id`,
)
const lock = statement<GroupRow>(`${byId.text} {lock g}`)
const lockMany = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from each(:ids text) as e
  find {groups} g (g.workspace_id = :workspace and g.id = e.value) {lock g}`)
const namesByIds = statement<{ id: string; display_name: string }>(`
  select g.id, g.display_name from each(:ids text) as e
  find {groups} g (g.workspace_id = :workspace and g.id = e.value)`)
const byName = statement<GroupRow>(
  `select ${GROUP_COLUMNS} from {groups} g where g.workspace_id = :workspace and same(g.name, :name)`,
)
const byExternalId = statement<GroupRow>(
  `select ${GROUP_COLUMNS} from {groups} g where g.workspace_id = :workspace and same(g.external_id, :external_id)`,
)
const update = statement(`
  update {groups} set external_id = :external_id, display_name = :display_name, name = :name, version = :version,
    managed = :managed, member_count = :member_count, updated_at = :updated_at
  where workspace_id = :workspace and key = :key`)
const touch = statement(`
  update {groups} set version = :version, managed = :managed, member_count = :member_count, updated_at = :updated_at
  where workspace_id = :workspace and key = :key`)
const manage = statement('update {groups} set managed = :managed where workspace_id = :workspace and key = :key')
const remove = statement('delete from {groups} where workspace_id = :workspace and key = :key')
const withMembers = statement<GroupRow & { members: string | null }>(`
  select ${GROUP_COLUMNS}, case when g.member_count = 0 then null else
    (select collect(m.person_key) from {memberships} m where m.workspace_id = :workspace and m.group_key = g.key)
    end as members
  from {groups} g where g.workspace_id = :workspace and g.id = :id`)

/** Answers nothing where the workspace is gone. A name or externalId that is taken violates a constraint. */
export function insertGroup(
  writer: Writer,
  row: {
    workspace: number
    id: string
    external_id: string | null
    display_name: string
    name: string
    managed: number
    at: number
  },
): Promise<GroupRow | undefined> {
  return writer.get(insert, row)
}

export function groupById(reader: Reader, workspace: number, id: string): Promise<GroupRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** What those that are there are called. */
export async function groupNamesByIds(
  reader: Reader,
  workspace: number,
  ids: readonly string[],
): Promise<{ id: string; display_name: string }[]> {
  return ids.length === 0 ? [] : reader.all(namesByIds, { workspace, ids })
}

/** Reads a group and keeps other transactions from changing it; a statement of its own, before any that reads members. */
export function lockGroup(writer: Writer, workspace: number, id: string): Promise<GroupRow | undefined> {
  const held = writer.held?.group(workspace, id) as GroupRow | undefined
  return held ? Promise.resolve(held) : writer.get(lock, { workspace, id })
}

/** The same for several, in the order of `ids`; those that are there are held by the transaction. */
export async function holdGroups(writer: Writer, workspace: number, ids: readonly string[]): Promise<void> {
  for (const row of await writer.all(lockMany, { workspace, ids })) writer.held?.keepGroup(workspace, row)
}

/** `name` is folded. */
export function groupByName(reader: Reader, workspace: number, name: string): Promise<GroupRow | undefined> {
  return reader.get(byName, { workspace, name })
}

export function groupByExternalId(
  reader: Reader,
  workspace: number,
  externalId: string,
): Promise<GroupRow | undefined> {
  return reader.get(byExternalId, { workspace, external_id: externalId })
}

export async function updateGroup(
  writer: Writer,
  workspace: number,
  row: Omit<GroupRow, 'id' | 'created_at'>,
): Promise<void> {
  const { key, external_id, display_name, name, version, managed, member_count, updated_at } = row
  const changes = { external_id, display_name, name, version, managed, member_count, updated_at }
  await writer.run(update, { workspace, key, ...changes })
  writer.held?.changeGroup(key, changes)
}

/** What a change of membership alone writes: naming the other columns would rewrite their indexes too. */
export async function touchGroup(
  writer: Writer,
  workspace: number,
  row: Pick<GroupRow, 'key' | 'version' | 'managed' | 'member_count' | 'updated_at'>,
): Promise<void> {
  const { key, version, managed, member_count, updated_at } = row
  const changes = { version, managed, member_count, updated_at }
  if (writer.held?.postponeGroup(workspace, key, changes)) return
  await writer.later(touch, { workspace, key, ...changes })
}

/** Writes what {@link touchGroup} has left to the end of the work, once for each group. */
export async function writeTouched(writer: Writer): Promise<void> {
  for (const [workspace, row] of writer.held?.takeUnwritten() ?? []) {
    const { key, version, managed, member_count, updated_at } = row as GroupRow
    await writer.later(touch, { workspace, key, version, managed, member_count, updated_at })
  }
}

/** The hand-over to the provider (1) and back (0), which is no change of the resource. */
export async function markManaged(writer: Writer, workspace: number, key: number, managed: number): Promise<void> {
  await writer.run(manage, { workspace, key, managed })
  writer.held?.changeGroup(key, { managed })
}

export async function deleteGroup(writer: Writer, workspace: number, key: number): Promise<void> {
  await writer.run(remove, { workspace, key })
  writer.held?.forgetGroup(key)
}

export interface GroupSnapshot {
  readonly group: GroupRow
  /** Keys of its members, ascending. */
  readonly members: readonly number[]
}

/** A group and its members at one moment, in one statement: 100,000 keys take 15 ms, and no transaction stays open. */
export async function groupSnapshot(reader: Reader, workspace: number, id: string): Promise<GroupSnapshot | undefined> {
  const row = await reader.get(withMembers, { workspace, id })
  return row && { group: row, members: readKeys(row.members) }
}

export function readKeys(list: string | null): readonly number[] {
  return list === null ? [] : (JSON.parse(list) as number[])
}

const manyWithMembers = statement<GroupRow & { members: string | null }>(`
  select ${GROUP_COLUMNS}, case when g.member_count = 0 then null else
    (select collect(m.person_key) from {memberships} m where m.workspace_id = :workspace and m.group_key = g.key)
    end as members
  from each(:groups bigint) as e find {groups} g (g.workspace_id = :workspace and g.key = e.value)`)

/** Several groups and their members at one moment, in the order of `keys`; a group that is gone is missing. */
export async function groupSnapshots(
  reader: Reader,
  workspace: number,
  keys: readonly number[],
): Promise<GroupSnapshot[]> {
  const rows = await reader.all(manyWithMembers, { workspace, groups: keys })
  const byKey = new Map(rows.map(({ members, ...group }) => [group.key, { group, members: readKeys(members) }]))
  return keys.map((key) => byKey.get(key)).filter((snapshot) => snapshot !== undefined)
}

const page = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from {groups} g where g.workspace_id = :workspace and g.id > :after order by g.id limit :limit`)

export function groupsPage(
  reader: Reader,
  workspace: number,
  { after, limit }: { after: string; limit: number },
): Promise<GroupRow[]> {
  return reader.all(page, { workspace, after, limit })
}
