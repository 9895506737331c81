import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface TokenRow {
  readonly key: number
  readonly workspace_id: number
  /** The public id, part of the token's text. */
  readonly id: string
  /** SHA-256 of the token's secret. */
  readonly digest: Uint8Array
  readonly label: string
  readonly provider: string
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number
  readonly revoked_at: number | null
  readonly last_used_at: number | null
  readonly last_used_address: string | null
  readonly last_used_client: string | null
}

export interface TokenUse {
  readonly key: number
  readonly workspace: number
  readonly at: number
  readonly address: string | null
  readonly client: string | null
}

const COLUMNS = `key, workspace_id, id, digest, label, provider, created_by, created_at, expires_at, revoked_at,
  last_used_at, last_used_address, last_used_client`

const insert = statement<TokenRow>(`
  insert into {tokens} as t (workspace_id, id, digest, label, provider, created_by, created_at, expires_at)
  select w.key, :id, :digest, :label, :provider, :created_by, :created_at, :expires_at
  from {workspaces} w where w.key = :workspace
  returning ${COLUMNS}`)
const byId = statement<TokenRow>(`select ${COLUMNS} from {tokens} where workspace_id = :workspace and id = :id`)
const ofWorkspace = statement<TokenRow>(`select ${COLUMNS} from {tokens} where workspace_id = :workspace order by key`)
const revoke = statement(`
  update {tokens} set revoked_at = :at where workspace_id = :workspace and key = :token and revoked_at is null`)
const expire = statement(`
  update {tokens} set expires_at = :at
  where workspace_id = :workspace and key = :token and expires_at > :at`)
const use = statement(`
  update {tokens} set last_used_at = :at, last_used_address = :address, last_used_client = :client
  where workspace_id = :workspace and key = :token and (last_used_at is null or last_used_at <= :at)`)
const refuse = statement(`
  insert into {token_refusals} as r (workspace_id, token_key, minute, reason, count)
  values (:workspace, :token, :minute, :reason, :count)
  on conflict (workspace_id, token_key, minute, reason) do update set count = r.count + excluded.count`)

export function insertToken(
  writer: Writer,
  row: Omit<TokenRow, 'key' | 'workspace_id' | 'revoked_at' | `last_used_${string}`> & { workspace: number },
): Promise<TokenRow | undefined> {
  return writer.get(insert, { ...row })
}

export function tokenById(reader: Reader, workspace: number, id: string): Promise<TokenRow | undefined> {
  return reader.get(byId, { workspace, id })
}

export function tokensOfWorkspace(reader: Reader, workspace: number): Promise<TokenRow[]> {
  return reader.all(ofWorkspace, { workspace })
}

/** Answers whether it was live until now. */
export async function revokeToken(writer: Writer, workspace: number, token: number, at: number): Promise<boolean> {
  return (await writer.run(revoke, { workspace, token, at })) > 0
}

/** Brings a token's end forward. */
export async function expireToken(writer: Writer, workspace: number, token: number, at: number): Promise<void> {
  await writer.run(expire, { workspace, token, at })
}

export async function recordTokenUse(writer: Writer, { key, workspace, at, address, client }: TokenUse): Promise<void> {
  await writer.run(use, { workspace, token: key, at, address, client })
}

export async function countRefusal(
  writer: Writer,
  refusal: { workspace: number; token: number; minute: number; reason: string; count: number },
): Promise<void> {
  await writer.run(refuse, refusal)
}
