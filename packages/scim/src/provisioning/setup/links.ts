import { DAY } from '../../base/clock.ts'
import {
  insertSetupLink,
  lockSetupLink,
  revokeSetupLink,
  type SetupAct,
  type SetupLinkRow,
  setupLinksOf,
} from '../../store/setupLinks.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { newToken, SETUP_PREFIX } from '../tokens/text.ts'
import { type Provider, retireTokenIn } from '../tokens/tokens.ts'

export const SETUP_LIFETIME = 7 * DAY

/** Lets somebody without an account set up one workspace, in the one browser that claims it. */
export interface SetupLink {
  readonly id: string
  readonly provider: Provider
  /** For admins: who it was made for, or why. */
  readonly note: string | null
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | null
  readonly claimed: SetupAct | null
  /** When it last issued a token, and which. */
  readonly issued: (SetupAct & { readonly token: string }) | null
  /** Of those that are neither revoked nor expired: whether a browser has claimed it. */
  readonly state: 'open' | 'claimed' | 'expired' | 'revoked'
}

export interface NewSetupLink {
  readonly provider: Provider
  readonly note?: string | null | undefined
  readonly by: string
}

/** The secret is answered this once, and stored nowhere. Nothing where the workspace is gone. */
export async function createSetupLink(
  context: Context,
  workspace: WorkspaceRow,
  { provider, note = null, by }: NewSetupLink,
): Promise<{ link: SetupLink; secret: string } | undefined> {
  const now = context.clock()
  const { id, text, digest } = newToken(workspace.key, SETUP_PREFIX)
  const row = await context.store.write((writer) =>
    insertSetupLink(writer, {
      workspace: workspace.key,
      id,
      digest,
      provider,
      note,
      created_by: by,
      created_at: now,
      expires_at: now + SETUP_LIFETIME,
    }),
  )
  return row && { link: toSetupLink(row, now), secret: text }
}

/** The oldest first. */
export async function listSetupLinks(context: Context, workspace: WorkspaceRow): Promise<SetupLink[]> {
  const now = context.clock()
  return (await setupLinksOf(context.store, workspace.key)).map((row) => toSetupLink(row, now))
}

/** Answers the link as it is now; nothing where there is none. `token`: whether the token that it holds ends with it. */
export function endSetupLink(
  context: Context,
  { key }: WorkspaceRow,
  id: string,
  { token = false }: { readonly token?: boolean | undefined },
): Promise<SetupLink | undefined> {
  const now = context.clock()
  return context.store.write(async (writer) => {
    const row = await lockSetupLink(writer, key, id)
    if (!row) return undefined
    await revokeSetupLink(writer, key, id, now)
    if (token && row.token_id !== null) await retireTokenIn(writer, key, row.token_id, now)
    return toSetupLink({ ...row, revoked_at: row.revoked_at ?? now }, now)
  })
}

export function toSetupLink(row: SetupLinkRow, now: number): SetupLink {
  return {
    id: row.id,
    provider: row.provider as Provider,
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    claimed:
      row.claimed_at === null ? null : { at: row.claimed_at, address: row.claimed_address, client: row.claimed_client },
    issued:
      row.issued_at === null || row.token_id === null
        ? null
        : { at: row.issued_at, address: row.issued_address, client: row.issued_client, token: row.token_id },
    state: setupStateOf(row, now),
  }
}

export function setupStateOf(row: SetupLinkRow, now: number): SetupLink['state'] {
  if (row.revoked_at !== null) return 'revoked'
  if (row.expires_at <= now) return 'expired'
  return row.claimed_at === null ? 'open' : 'claimed'
}
