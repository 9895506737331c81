import type { Clock } from '../base/clock.ts'
import { toDateTime } from '../base/clock.ts'
import { ScimError } from '../base/errors.ts'
import type { Context } from '../provisioning/call.ts'
import { isSecret, namedBy, readToken, TOKEN_PREFIX, type TokenFault } from '../provisioning/tokens/text.ts'
import { type RefusalReason, stateOf } from '../provisioning/tokens/tokens.ts'
import { type TokenRow, tokenById } from '../store/tokens.ts'
import { type WorkspaceRow, workspaceByKey } from '../store/workspaces.ts'

/** Whom a live token speaks for. */
export interface Client {
  readonly token: TokenRow
  readonly workspace: WorkspaceRow
}

/**
 * How long a token is believed without a look at the store. Within a process a revocation clears it at once; another
 * process, such as the command line, is noticed after this time at the latest.
 */
const BELIEVED_MILLISECONDS = 1_000
const CACHED_TOKENS = 10_000

interface Believed extends Client {
  readonly until: number
}

/** Finds whom a request speaks for (RFC 6750, RFC 7644 §2). */
export class Authenticator {
  readonly #context: Context
  readonly #clock: Clock
  readonly #believed = new Map<string, Believed>()
  /** How often everything was forgotten: what a look-up read before the last time is not to be believed after it. */
  #forgotten = 0

  constructor(context: Context) {
    this.#context = context
    this.#clock = context.clock
  }

  /**
   * Refuses, with 401, everything but a live token; `refused` hears of a known one that lives no more, or of which an
   * incomplete or mistyped copy was sent.
   */
  async authenticate(
    authorization: string | undefined,
    refused: (client: Client, reason: RefusalReason) => void,
  ): Promise<Client> {
    const text = bearerOf(authorization)
    const read = readToken(text)
    if (typeof read === 'string') {
      const named = namedBy(text)
      const meant = named && (await this.#find(named.workspace, named.id))
      if (meant) refused(meant, 'wrong')
      throw malformed(text, read)
    }
    const client = await this.#find(read.workspace, read.id)
    if (!client || !isSecret(read.secret, client.token.digest)) throw unauthorised('token_unknown')
    const { token } = client
    const state = stateOf(token, this.#clock())
    if (state === 'revoked' || state === 'expired') {
      refused(client, state)
      const at = state === 'revoked' ? token.revoked_at : token.expires_at
      const facts = { label: token.label, date: toDateTime(at ?? 0).slice(0, 10) }
      throw unauthorised(state === 'revoked' ? 'token_revoked' : 'token_expired', facts)
    }
    return client
  }

  /** Called when a token or a workspace was changed in this process. */
  forget(): void {
    this.#forgotten += 1
    this.#believed.clear()
  }

  async #find(workspaceKey: number, id: string): Promise<Client | undefined> {
    const now = this.#clock()
    const believed = this.#believed.get(id)
    if (believed && believed.until > now) return believed
    const { store } = this.#context
    const forgotten = this.#forgotten
    const token = await tokenById(store, workspaceKey, id)
    const workspace = token && (await workspaceByKey(store, token.workspace_id))
    if (!workspace) return undefined
    if (this.#believed.size >= CACHED_TOKENS) this.#believed.clear()
    const client = { token, workspace, until: now + BELIEVED_MILLISECONDS }
    if (forgotten === this.#forgotten) this.#believed.set(id, client)
    return client
  }
}

/** The token in the header: `Bearer` in any case, doubled, or missing before what is plainly one of our tokens. */
function bearerOf(authorization: string | undefined): string {
  const sent = authorization?.trim() ?? ''
  if (sent === '') throw unauthorised('token_missing')
  const text = sent.replace(/^bearer(?:\s+|$)/i, '').replace(/^bearer(?:\s+|$)/i, '')
  if (text === '') throw unauthorised('token_missing')
  if (text === sent && !text.startsWith(TOKEN_PREFIX)) throw malformed(text, 'prefix')
  return text
}

function malformed(text: string, fault: TokenFault): ScimError {
  return unauthorised('token_malformed', { hint: hintFor(text, fault) })
}

function hintFor(text: string, fault: TokenFault): string {
  if (fault === 'checksum') return 'It has the right form, but a character of it is wrong or missing.'
  if (fault === 'form') return 'It is incomplete, or has characters in it that do not belong there.'
  if (text.startsWith('eyJ')) return 'It is a JWT; Entra sends one of its own while its field "Secret token" is empty.'
  return `It should begin with "${TOKEN_PREFIX}".`
}

function unauthorised(
  code: 'token_missing' | 'token_malformed' | 'token_unknown' | 'token_expired' | 'token_revoked',
  facts: Readonly<Record<string, string>> = {},
): ScimError {
  return new ScimError(code, facts, { 'WWW-Authenticate': 'Bearer' })
}
