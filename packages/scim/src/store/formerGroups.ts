import type { GroupRow } from './groups.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

/** A group that was deleted: its key names it in the changes for ever. */
export interface FormerGroupRow {
  readonly key: number
  readonly id: string
  readonly external_id: string | null
  readonly display_name: string
  /** The folded display name. */
  readonly name: string
  readonly created_at: number
  readonly deleted_at: number
}

const COLUMNS = 'f.group_key as key, f.id, f.external_id, f.display_name, f.name, f.created_at, f.deleted_at'

const insert = statement(`
  insert into {former_groups}
    (workspace_id, group_key, id, external_id, display_name, name, created_at, deleted_at)
  values (:workspace, :key, :id, :external_id, :display_name, :name, :created_at, :at)`)
const byId = statement<FormerGroupRow>(`
  select ${COLUMNS} from {former_groups} f where f.workspace_id = :workspace and f.id = :id`)
const byName = statement<FormerGroupRow>(`
  select ${COLUMNS} from {former_groups} f where f.workspace_id = :workspace and same(f.name, :name)
  order by f.group_key desc limit :limit`)
const byExternalId = statement<FormerGroupRow>(`
  select ${COLUMNS} from {former_groups} f where f.workspace_id = :workspace and same(f.external_id, :external_id)
  order by f.group_key desc limit :limit`)

/** Called with the deletion of the group, in its transaction. */
export async function insertFormerGroup(writer: Writer, workspace: number, group: GroupRow, at: number): Promise<void> {
  const { key, id, external_id, display_name, name, created_at } = group
  await writer.run(insert, { workspace, key, id, external_id, display_name, name, created_at, at })
}

export function formerGroupById(reader: Reader, workspace: number, id: string): Promise<FormerGroupRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** Those that had a folded name when they were deleted, the newest first. */
export function formerGroupsByName(
  reader: Reader,
  workspace: number,
  name: string,
  limit: number,
): Promise<FormerGroupRow[]> {
  return reader.all(byName, { workspace, name, limit })
}

export function formerGroupsByExternalId(
  reader: Reader,
  workspace: number,
  externalId: string,
  limit: number,
): Promise<FormerGroupRow[]> {
  return reader.all(byExternalId, { workspace, external_id: externalId, limit })
}
