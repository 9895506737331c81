import { DAY, MINUTE } from '../../base/clock.ts'
import type { Writer } from '../../store/store.ts'
import {
  countRefusal,
  expireToken,
  insertToken,
  recordTokenUse,
  revokeToken,
  type TokenRow,
  type TokenUse,
  tokenById,
  tokensOfWorkspace,
} from '../../store/tokens.ts'
import { type WorkspaceRow, workspaceByKey } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { isSecret, newToken, readToken, type TokenFault } from './text.ts'

export const PROVIDERS = ['entra', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik', 'other'] as const
export type Provider = (typeof PROVIDERS)[number]

export const DEFAULT_LIFETIME = 365 * DAY

/** A token as it may be shown; its text is known only at issue. */
export interface Token {
  readonly id: string
  readonly label: string
  readonly provider: Provider
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | null
  readonly lastUsedAt: number | null
  readonly lastUsedAddress: string | null
  readonly lastUsedClient: string | null
  readonly state: 'live' | 'expiring' | 'expired' | 'revoked'
}

export interface NewToken {
  readonly label: string
  readonly provider?: Provider
  /** Milliseconds from now. */
  readonly lifetime?: number
  readonly createdBy: string
}

/** Days before its end in which a token is said to be expiring. */
const WARNING = 30 * DAY

/** The text is answered this once, and stored nowhere. */
export function issueToken(
  context: Context,
  workspace: WorkspaceRow,
  token: NewToken,
): Promise<{ token: Token; text: string }> {
  const now = context.clock()
  return context.store.write((writer) => addToken(writer, workspace, token, now))
}

/** The same within a transaction. */
export async function addToken(
  writer: Writer,
  workspace: WorkspaceRow,
  { label, provider = 'other', lifetime = DEFAULT_LIFETIME, createdBy }: NewToken,
  now: number,
): Promise<{ token: Token; text: string }> {
  const { id, text, digest } = newToken(workspace.key)
  const row = await insertToken(writer, {
    workspace: workspace.key,
    id,
    digest,
    label,
    provider,
    created_by: createdBy,
    created_at: now,
    expires_at: now + lifetime,
  })
  if (!row) throw new Error(`the workspace "${workspace.slug}" is gone`)
  return { token: toToken(row, now), text }
}

export async function listTokens(context: Context, workspace: WorkspaceRow): Promise<Token[]> {
  const now = context.clock()
  return (await tokensOfWorkspace(context.store, workspace.key)).map((row) => toToken(row, now))
}

/** Answers whether the token was live until now. */
export function retireToken(context: Context, workspace: WorkspaceRow, id: string): Promise<boolean> {
  const now = context.clock()
  return context.store.write((writer) => retireTokenIn(writer, workspace.key, id, now))
}

/** The same within a transaction. */
export async function retireTokenIn(writer: Writer, workspace: number, id: string, now: number): Promise<boolean> {
  const row = await tokenById(writer, workspace, id)
  return row !== undefined && (await revokeToken(writer, workspace, row.key, now))
}

/** Lets a token live on until a moment at the most: the old one of a rotation. */
export async function endToken(context: Context, workspace: WorkspaceRow, id: string, at: number): Promise<void> {
  await context.store.write(async (writer) => {
    const row = await tokenById(writer, workspace.key, id)
    if (row) await expireToken(writer, workspace.key, row.key, at)
  })
}

/** Who a token's text belongs to; whether it may still be used is the caller's to ask. */
export async function identify(
  context: Context,
  text: string,
): Promise<{ token: TokenRow; workspace: WorkspaceRow } | TokenFault | 'unknown'> {
  const read = readToken(text)
  if (typeof read === 'string') return read
  const token = await tokenById(context.store, read.workspace, read.id)
  if (!token || !isSecret(read.secret, token.digest)) return 'unknown'
  const workspace = await workspaceByKey(context.store, token.workspace_id)
  return workspace ? { token, workspace } : 'unknown'
}

export interface Refusal {
  readonly workspace: number
  readonly token: number
  readonly at: number
  readonly reason: RefusalReason
}

/** `wrong` is what names a token, and is no true copy of it. */
export type RefusalReason = 'expired' | 'revoked' | 'wrong'

/** Writes what requests said of their tokens in passing: last uses, and refusals by the minute. */
export async function recordTokens(
  context: Context,
  uses: readonly TokenUse[],
  refusals: readonly (Refusal & { count: number })[],
): Promise<void> {
  await context.store.write(async (writer) => {
    for (const use of uses) await recordTokenUse(writer, use)
    for (const { workspace, token, at, reason, count } of refusals) {
      await countRefusal(writer, { workspace, token, minute: Math.floor(at / MINUTE), reason, count })
    }
  })
}

export function toToken(row: TokenRow, now: number): Token {
  return {
    id: row.id,
    label: row.label,
    provider: row.provider as Provider,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    lastUsedAddress: row.last_used_address,
    lastUsedClient: row.last_used_client,
    state: stateOf(row, now),
  }
}

export function stateOf(row: Pick<TokenRow, 'revoked_at' | 'expires_at'>, now: number): Token['state'] {
  if (row.revoked_at !== null) return 'revoked'
  if (row.expires_at <= now) return 'expired'
  return row.expires_at - now <= WARNING ? 'expiring' : 'live'
}
