import {
  claimSetupLink,
  lockSetupLink,
  recordSetupIssue,
  type SetupLinkRow,
  setupLinkById,
} from '../../store/setupLinks.ts'
import type { Reader } from '../../store/store.ts'
import { tokenById } from '../../store/tokens.ts'
import { workspaceByKey } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { isSecret, newSecret, readToken, SESSION_PREFIX, SETUP_PREFIX, type TokenText } from '../tokens/text.ts'
import { addToken, retireTokenIn, type Token, toToken } from '../tokens/tokens.ts'
import { type SetupLink, setupStateOf, toSetupLink } from './links.ts'
import { SetupRefused } from './refused.ts'

/** Where a request of the outside contact comes from. */
export interface SetupClient {
  readonly address: string | null
  readonly client: string | null
}

/** What the browser that claimed a link may see. */
export interface SetupSession {
  readonly workspace: { readonly slug: string; readonly name: string }
  readonly link: SetupLink
  /** The token that the link issued last, in whatever state it is now. */
  readonly token: Token | null
}

/** The label of a token that a link issued. */
const LABEL = 'Setup link'

/**
 * Binds a link to the browser that the answered session is given to; its text is answered this once. Of several claims one
 * wins, and the others are refused: with {@link SetupRefused}, as is whatever opens nothing.
 */
export async function claimSetup(
  context: Context,
  secret: string,
  client: SetupClient,
): Promise<{ session: string; link: SetupLink }> {
  const at = context.clock()
  const read = readToken(secret, SETUP_PREFIX)
  if (typeof read === 'string') throw new SetupRefused('unknown')
  await knownLink(context.store, read)
  const session = newSecret(read.id, SESSION_PREFIX)
  const claim = { workspace: read.workspace, id: read.id, session: session.digest }
  return context.store.write(async (writer) => {
    const isClaimed = await claimSetupLink(writer, claim, { at, ...client })
    const row = await knownLink(writer, read)
    if (!isClaimed) throw refusalOf(row, at, await workspaceByKey(writer, row.workspace_id))
    return { session: session.text, link: toSetupLink(row, at) }
  })
}

/** Nothing for a session of a link that is revoked, expired or gone. */
export async function openSetup(context: Context, session: string): Promise<SetupSession | undefined> {
  const now = context.clock()
  const { store } = context
  const read = readToken(session, SESSION_PREFIX)
  if (typeof read === 'string') return undefined
  const row = await setupLinkById(store, read.workspace, read.id)
  if (!row || !isOf(row, read) || setupStateOf(row, now) !== 'claimed') return undefined
  const workspace = await workspaceByKey(store, row.workspace_id)
  if (!workspace) return undefined
  const token = row.token_id === null ? undefined : await tokenById(store, workspace.key, row.token_id)
  return {
    workspace: { slug: workspace.slug, name: workspace.name },
    link: toSetupLink(row, now),
    token: token ? toToken(token, now) : null,
  }
}

/** Issues a token and retires the one that the link issued before, if any. Refuses with {@link SetupRefused}. */
export async function issueBySetup(
  context: Context,
  session: string,
  client: SetupClient,
): Promise<{ token: Token; text: string }> {
  const now = context.clock()
  const read = readToken(session, SESSION_PREFIX)
  const workspace = typeof read === 'string' ? undefined : await workspaceByKey(context.store, read.workspace)
  if (typeof read === 'string' || !workspace) throw new SetupRefused('unknown')
  return context.store.write(async (writer) => {
    const row = await lockSetupLink(writer, workspace.key, read.id)
    if (!row || !isOf(row, read)) throw new SetupRefused('unknown')
    if (setupStateOf(row, now) !== 'claimed') throw refusalOf(row, now)
    if (row.token_id !== null) await retireTokenIn(writer, workspace.key, row.token_id, now)
    const issued = await addToken(writer, workspace, tokenOf(row), now)
    const issue = { workspace: workspace.key, id: row.id, token: issued.token.id }
    await recordSetupIssue(writer, issue, { at: now, ...client })
    return issued
  })
}

function tokenOf({ provider, created_by }: SetupLinkRow) {
  return { label: LABEL, provider: provider as SetupLink['provider'], createdBy: `setup link of ${created_by}` }
}

/** Refuses a secret that is not that of a link. */
async function knownLink(reader: Reader, { workspace, id, secret }: TokenText): Promise<SetupLinkRow> {
  const row = await setupLinkById(reader, workspace, id)
  if (!row || !isSecret(secret, row.digest)) throw new SetupRefused('unknown')
  return row
}

function isOf({ session_digest }: SetupLinkRow, { secret }: TokenText): boolean {
  return session_digest !== null && isSecret(secret, session_digest)
}

function refusalOf(row: SetupLinkRow, now: number, workspace?: { readonly slug: string }): SetupRefused {
  const state = setupStateOf(row, now)
  return new SetupRefused(state === 'open' ? 'unknown' : state, workspace && { id: row.id, workspace: workspace.slug })
}
