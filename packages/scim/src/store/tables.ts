/**
 * How a column's values are read, written and compared. The last two are no kinds of the store's own tables: `boolean` is 0 or 1
 * on SQLite, and `moment` an ISO 8601 text in milliseconds.
 */
export type ColumnKind = 'integer' | 'number' | 'text' | 'json' | 'bytes' | 'boolean' | 'moment'

export interface StoredColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Where only PostgreSQL has it. */
  readonly only?: 'postgres'
}

export interface StoredTable {
  readonly name: string
  readonly columns: readonly StoredColumn[]
  /** Its rows are named by a `key` that is drawn from a sequence and never given twice. */
  readonly hasKeys: boolean
  /** Where a store is distributed: by which column, or a copy on every node. */
  readonly distribution: 'key' | 'workspace_id' | 'copies'
  /** Its texts may be long: fewer rows are held at a time. */
  readonly wide: boolean
}

/**
 * Every table with its columns, parents first: what moves a store, and what distributes one, goes by this list.
 * Generated columns are none of it, and neither is the note of the schema's steps.
 */
export const TABLES: readonly StoredTable[] = [
  table('workspaces', {
    integer: 'key scim activity_days pending_days guard_on guard_limit created_at people_version',
    text: 'slug name unknown_members unknown_users suspended',
    postgres: 'feed_position',
    distribution: 'key',
  }),
  table('workspace_slugs', { integer: 'workspace_id', text: 'slug', distribution: 'copies' }),
  table('people', {
    integer: 'key workspace_id state suspended version created_at updated_at',
    text: 'id user_name display_name emails record name shown_name external_id',
    json: 'search',
    wide: true,
  }),
  table('person_aliases', { integer: 'workspace_id person_key', text: 'id' }),
  table('person_names', { integer: 'workspace_id person_key', text: 'name' }),
  table('person_addresses', { integer: 'workspace_id kind person_key', text: 'address' }),
  table('groups', {
    integer: 'key workspace_id version managed member_count created_at updated_at',
    text: 'id external_id display_name name',
  }),
  table('former_groups', {
    integer: 'workspace_id group_key created_at deleted_at',
    text: 'id external_id display_name name',
  }),
  table('memberships', { integer: 'workspace_id group_key person_key' }),
  table('tokens', {
    integer: 'key workspace_id created_at expires_at revoked_at last_used_at',
    text: 'id label provider created_by last_used_address last_used_client',
    bytes: 'digest',
  }),
  table('token_refusals', { integer: 'workspace_id token_key minute count', text: 'reason' }),
  table('setup_links', {
    integer: 'workspace_id created_at expires_at revoked_at claimed_at issued_at',
    text: 'id provider note created_by claimed_address claimed_client token_id issued_address issued_client',
    bytes: 'digest session_digest',
  }),
  table('api_keys', {
    integer: 'workspace_id created_at expires_at revoked_at last_used_at',
    text: 'id name scopes created_by last_used_address last_used_client',
    bytes: 'digest',
  }),
  table('activity', {
    integer: 'workspace_id at last_at count token_key status',
    number: 'duration',
    text: 'id client address method route problem detail group_id person_id summary rules ignored shape',
    wide: true,
  }),
  table('changes', {
    integer: 'key workspace_id at group_key operation people_count lost',
    text: 'id kind group_id group_name group_external_id actor actor_label request details',
    postgres: 'position',
    wide: true,
  }),
  table('audit', {
    integer: 'workspace_id at status reads',
    text: 'id slug actor_kind actor_id actor_name address action target details',
  }),
  table('change_people', { integer: 'workspace_id change_key person_key operation copies' }),
  table('holds', {
    integer: 'workspace_id group_key losses lost_before allowed used count first_at last_at decided_at',
    text: 'id digest group_id group_name kind status request token_label provider decided_by',
  }),
]

interface Columns extends Partial<Record<ColumnKind, string>> {
  /** Whole numbers that only PostgreSQL has. */
  readonly postgres?: string
  readonly distribution?: StoredTable['distribution']
  readonly wide?: boolean
}

function table(
  name: string,
  { distribution = 'workspace_id', wide = false, postgres, ...kinds }: Columns,
): StoredTable {
  const columns = Object.entries(kinds).flatMap(([kind, names]) =>
    names.split(' ').map((column): StoredColumn => ({ name: column, kind: kind as ColumnKind })),
  )
  if (postgres !== undefined) columns.push({ name: postgres, kind: 'integer', only: 'postgres' })
  const hasKeys = columns.some((column) => column.name === 'key')
  return { name, columns, hasKeys, distribution, wide }
}
