import { fold } from '../base/fold.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface WorkspaceRow {
  readonly key: number
  readonly slug: string
  readonly name: string
  readonly scim: number
  readonly unknown_members: 'record' | 'reject'
  readonly unknown_users: 'refuse' | 'pending'
  readonly suspended: 'apply' | 'ignore'
  readonly activity_days: number
  readonly pending_days: number
  /** The guard against mass removal: whether it is on, and effective memberships that a group may lose in ten minutes. */
  readonly guard_on: number
  readonly guard_limit: number
  readonly created_at: number
}

type Settings = Omit<WorkspaceRow, 'key' | 'slug' | 'created_at'>

const SETTINGS = [
  ...['name', 'scim', 'unknown_members', 'unknown_users', 'suspended'],
  ...['activity_days', 'pending_days', 'guard_on', 'guard_limit'],
]
/** The columns of a {@link WorkspaceRow}. */
export const WORKSPACE_COLUMNS = `key, slug, ${SETTINGS.join(', ')}, created_at`

const insert = statement<WorkspaceRow>(`
  insert into {workspaces} as w
    (slug, ${SETTINGS.join(', ')}, created_at)
  values (:slug, ${SETTINGS.map((name) => `:${name}`).join(', ')}, :created_at)
  returning ${WORKSPACE_COLUMNS}`)
const insertSlug = statement('insert into {workspace_slugs} (slug, workspace_id) values (:slug, :workspace)')
const keyOfSlug = statement<{ workspace_id: number }>('select workspace_id from {workspace_slugs} where slug = :slug')
const byKey = statement<WorkspaceRow>(`select ${WORKSPACE_COLUMNS} from {workspaces} where key = :workspace`)
const versionOfPeople = statement<{ people_version: number }>(`
  select w.people_version from {workspaces} w where w.key = :workspace`)
const all = statement<WorkspaceRow>(`select ${WORKSPACE_COLUMNS} from {workspaces} order by slug`)
const update = statement(`
  update {workspaces} set ${SETTINGS.map((name) => `${name} = :${name}`).join(', ')}
  where key = :workspace`)

export async function insertWorkspace(
  writer: Writer,
  row: Settings & { slug: string; created_at: number },
): Promise<WorkspaceRow> {
  const inserted = (await writer.get(insert, { ...row })) as WorkspaceRow
  await writer.run(insertSlug, { slug: row.slug, workspace: inserted.key })
  return inserted
}

/** Whether `search`, which is folded, is a part of the workspace's name or slug. */
export function isCalled({ name, slug }: Pick<WorkspaceRow, 'name' | 'slug'>, search: string): boolean {
  return slug.includes(search) || fold(name).includes(search)
}

/** In two steps, so that the second asks for one workspace only, as a store that is distributed by workspace needs. */
export async function workspaceBySlug(reader: Reader, slug: string): Promise<WorkspaceRow | undefined> {
  const found = await reader.get(keyOfSlug, { slug })
  return found && workspaceByKey(reader, found.workspace_id)
}

/** Grows whenever anything of the workspace's people is written, their names among it. */
export async function peopleVersion(reader: Reader, workspace: number): Promise<number> {
  return (await reader.get(versionOfPeople, { workspace }))?.people_version ?? 0
}

export function workspaceByKey(reader: Reader, workspace: number): Promise<WorkspaceRow | undefined> {
  return reader.get(byKey, { workspace })
}

export function allWorkspaces(reader: Reader): Promise<WorkspaceRow[]> {
  return reader.all(all, {})
}

export async function updateWorkspace(writer: Writer, workspace: number, settings: Settings): Promise<void> {
  const { name, scim, unknown_members, unknown_users, suspended, ...others } = settings
  const { activity_days, pending_days, guard_on, guard_limit } = others
  await writer.run(update, {
    workspace,
    ...{ name, scim, unknown_members, unknown_users, suspended },
    ...{ activity_days, pending_days, guard_on, guard_limit },
  })
}

/** Children first. Each is deleted in pieces by {@link deletePiece}, so that a large workspace does not hold the writer. */
const PARTS = [
  'setup_links',
  'api_keys',
  'change_people',
  'changes',
  'former_groups',
  'holds',
  'memberships',
  'activity',
  'audit',
  'token_refusals',
  'person_names',
  'person_addresses',
  'person_aliases',
] as const

const ROOTS = ['tokens', 'groups', 'people'] as const

const ORDERED_KEYS: Record<(typeof PARTS)[number], string> = {
  setup_links: 'id',
  api_keys: 'id',
  change_people: 'change_key, person_key',
  changes: 'key',
  former_groups: 'group_key',
  holds: 'id',
  memberships: 'group_key, person_key',
  activity: 'id',
  audit: 'id',
  token_refusals: 'token_key, minute, reason',
  person_names: 'name',
  person_addresses: 'kind, address, person_key',
  person_aliases: 'id',
}

const pieces = [
  ...PARTS.map((table) =>
    statement(`
      delete from {${table}} where workspace_id = :workspace and (${ORDERED_KEYS[table]}) in
        (select ${ORDERED_KEYS[table]} from {${table}} where workspace_id = :workspace limit :limit)`),
  ),
  ...ROOTS.map((table) =>
    statement(`
      delete from {${table}} where workspace_id = :workspace and key in
        (select key from {${table}} where workspace_id = :workspace limit :limit)`),
  ),
]
const removeSlug = statement('delete from {workspace_slugs} where workspace_id = :workspace')
const remove = statement('delete from {workspaces} where key = :workspace')

/** Deletes up to `limit` rows of a workspace; answers how many. None left: the workspace's own row is gone too. */
export async function deletePiece(writer: Writer, workspace: number, limit: number): Promise<number> {
  for (const piece of pieces) {
    const deleted = await writer.run(piece, { workspace, limit })
    if (deleted > 0) return deleted
  }
  await writer.run(removeSlug, { workspace })
  await writer.run(remove, { workspace })
  return 0
}
