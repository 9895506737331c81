import { insertOwned, ownedInsertion } from './owned.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface ApiKeyRow {
  /** `SERVICE` where it is for all workspaces. */
  readonly workspace_id: number
  /** The public id, part of the key's text. */
  readonly id: string
  /** SHA-256 of the key's secret. */
  readonly digest: Uint8Array
  readonly name: string
  /** A JSON array of names. */
  readonly scopes: string
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number | null
  readonly revoked_at: number | null
  readonly last_used_at: number | null
  readonly last_used_address: string | null
  readonly last_used_client: string | null
}

const GIVEN = ['id', 'digest', 'name', 'scopes', 'created_by', 'created_at', 'expires_at'] as const
const COLUMNS = `workspace_id, ${GIVEN.join(', ')}, revoked_at, last_used_at, last_used_address, last_used_client`

const insert = ownedInsertion<ApiKeyRow>('api_keys', GIVEN, COLUMNS)
const byId = statement<ApiKeyRow>(`select ${COLUMNS} from {api_keys} where workspace_id = :workspace and id = :id`)
const ofOwner = statement<ApiKeyRow>(`
  select ${COLUMNS} from {api_keys} where workspace_id = :workspace order by created_at, id`)
const revoke = statement(`
  update {api_keys} set revoked_at = :at where workspace_id = :workspace and id = :id and revoked_at is null`)
const use = statement(`
  update {api_keys} set last_used_at = :at, last_used_address = :address, last_used_client = :client
  where workspace_id = :workspace and id = :id and (last_used_at is null or last_used_at <= :at)`)

export function insertApiKey(
  writer: Writer,
  row: Pick<ApiKeyRow, (typeof GIVEN)[number]> & { readonly workspace: number },
): Promise<ApiKeyRow | undefined> {
  return insertOwned(writer, insert, { ...row })
}

export function apiKeyById(reader: Reader, workspace: number, id: string): Promise<ApiKeyRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** The oldest first. */
export function apiKeysOf(reader: Reader, workspace: number): Promise<ApiKeyRow[]> {
  return reader.all(ofOwner, { workspace })
}

/** Answers whether it was not revoked until now. */
export async function revokeApiKey(writer: Writer, workspace: number, id: string, at: number): Promise<boolean> {
  return (await writer.run(revoke, { workspace, id, at })) > 0
}

export async function recordApiKeyUse(
  writer: Writer,
  key: {
    readonly workspace: number
    readonly id: string
    readonly at: number
    readonly address: string | null
    readonly client: string | null
  },
): Promise<void> {
  await writer.run(use, key)
}
