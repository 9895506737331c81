import { MINUTE } from '../../base/clock.ts'
import {
  type ApiKeyRow,
  apiKeyById,
  apiKeysOf,
  insertApiKey,
  recordApiKeyUse,
  revokeApiKey,
} from '../../store/apiKeys.ts'
import { SERVICE } from '../../store/owned.ts'
import { type WorkspaceRow, workspaceByKey } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { isSecret, KEY_PREFIX, newToken, readToken, workspaceOfId } from '../tokens/text.ts'
import { stateOf, type Token } from '../tokens/tokens.ts'
import { isScope, type Scope } from './scopes.ts'

/** An API key as it may be shown; its text is known only at issue. */
export interface ApiKey {
  readonly id: string
  /** That of the application it is for. */
  readonly name: string
  /** The slug of the one workspace that it is for; null: all workspaces, and the service itself. */
  readonly workspace: string | null
  readonly scopes: readonly Scope[]
  readonly createdBy: string
  readonly createdAt: number
  /** Null: until it is revoked. */
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** Noted once a minute. */
  readonly lastUsedAt: number | null
  readonly lastUsedAddress: string | null
  readonly lastUsedClient: string | null
  readonly state: Token['state']
}

export interface NewApiKey {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number | null
  readonly by: string
}

/** Where a request with a key comes from. */
export interface KeyUse {
  readonly address: string | null
  readonly client: string | null
}

/** A workspace, or the service itself. */
export type Owner = WorkspaceRow | null

/** The text is answered this once, and stored nowhere. Nothing where the workspace is gone. */
export async function issueApiKey(
  context: Context,
  owner: Owner,
  { name, scopes, expiresAt, by }: NewApiKey,
): Promise<{ key: ApiKey; text: string } | undefined> {
  const now = context.clock()
  const workspace = keyOf(owner)
  const { id, text, digest } = newToken(workspace, KEY_PREFIX)
  const row = await context.store.write((writer) =>
    insertApiKey(writer, {
      workspace,
      id,
      digest,
      name,
      scopes: JSON.stringify([...new Set(scopes)]),
      created_by: by,
      created_at: now,
      expires_at: expiresAt,
    }),
  )
  return row && { key: toApiKey(row, owner, now), text }
}

/** The oldest first; of the service, those that are for no one workspace. */
export async function listApiKeys(context: Context, owner: Owner): Promise<ApiKey[]> {
  const now = context.clock()
  return (await apiKeysOf(context.store, keyOf(owner))).map((row) => toApiKey(row, owner, now))
}

/** Whosever it is. */
export async function findApiKey(context: Context, id: string): Promise<ApiKey | undefined> {
  const workspace = workspaceOfId(id)
  const row = workspace === undefined ? undefined : await apiKeyById(context.store, workspace, id)
  const owner = row && (await ownerOf(context, row))
  return row && owner !== undefined ? toApiKey(row, owner, context.clock()) : undefined
}

/** Answers whether it was not revoked until now. */
export function retireApiKey(context: Context, owner: Owner, id: string): Promise<boolean> {
  const now = context.clock()
  return context.store.write((writer) => revokeApiKey(writer, keyOf(owner), id, now))
}

/** The key that a text is of, as long as it is live. Its use is noted, once a minute. */
export async function authenticateApiKey(context: Context, text: string, use: KeyUse): Promise<ApiKey | undefined> {
  const now = context.clock()
  const read = readToken(text, KEY_PREFIX)
  if (typeof read === 'string') return undefined
  const row = await apiKeyById(context.store, read.workspace, read.id)
  if (!row || !isSecret(read.secret, row.digest)) return undefined
  const owner = await ownerOf(context, row)
  if (owner === undefined) return undefined
  const key = toApiKey(row, owner, now)
  if (key.state === 'revoked' || key.state === 'expired') return undefined
  await noteUse(context, row, use, now)
  return key
}

/** An integration asks many times a second: a write for each would cost more than what it asks for. */
async function noteUse(context: Context, row: ApiKeyRow, { address, client }: KeyUse, now: number): Promise<void> {
  if (row.last_used_at !== null && now - row.last_used_at < MINUTE) return
  const { workspace_id: workspace, id } = row
  await context.store.write((writer) => recordApiKeyUse(writer, { workspace, id, at: now, address, client }))
}

/** Undefined where the workspace is gone. */
async function ownerOf(context: Context, { workspace_id }: ApiKeyRow): Promise<Owner | undefined> {
  return workspace_id === SERVICE ? null : workspaceByKey(context.store, workspace_id)
}

function keyOf(owner: Owner): number {
  return owner?.key ?? SERVICE
}

function toApiKey(row: ApiKeyRow, owner: Owner, now: number): ApiKey {
  return {
    id: row.id,
    name: row.name,
    workspace: owner?.slug ?? null,
    // One that this version does not know gives nothing.
    scopes: (JSON.parse(row.scopes) as unknown[]).filter(isScope),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address,
    lastUsedClient: row.last_used_client,
    state: stateOf({ revoked_at: row.revoked_at, expires_at: row.expires_at ?? Number.POSITIVE_INFINITY }, now),
  }
}
