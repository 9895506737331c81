import type { Scim } from '@optimaite/scim'
import { isAPIError } from 'better-auth/api'
import type { Logger } from 'pino'
import { ADDRESS_HEADER } from './address.ts'
import type { Roles } from './roles.ts'

/** What is kept in the audit trail, by route: whatever makes a session, or changes how one is made. */
const ACTIONS: Readonly<Record<string, string>> = {
  '/sign-in/email': 'signIn',
  '/callback/:id': 'signIn',
  '/two-factor/verify-totp': 'verifyCode',
  '/two-factor/verify-backup-code': 'verifyBackupCode',
  '/two-factor/enable': 'enableTwoFactor',
  '/two-factor/disable': 'disableTwoFactor',
  '/two-factor/generate-backup-codes': 'generateBackupCodes',
  '/change-password': 'changePassword',
  '/revoke-other-sessions': 'revokeOtherSessions',
  '/invitation/accept': 'acceptInvitation',
}

interface User {
  readonly id: string
  readonly name: string
}

/** Of a request to better-auth, what its hooks know once it is answered. */
export interface Answered {
  readonly path?: string
  readonly body?: { readonly email?: unknown }
  readonly headers?: Headers | undefined
  readonly context: {
    readonly newSession: { readonly user: User } | null
    readonly session: { readonly user: User } | null
    readonly returned?: unknown
    readonly internalAdapter: { findUserByEmail(email: string): Promise<{ readonly user: User } | null> }
  }
}

/** Writes who signed in, who was refused, and what changed about an account. */
export class Trail {
  readonly #audit: Scim['audit']
  readonly #roles: Roles
  readonly #log: Logger

  constructor(audit: Scim['audit'], roles: Roles, log: Logger) {
    this.#audit = audit
    this.#roles = roles
    this.#log = log
  }

  async write({ path = '', body, headers, context }: Answered): Promise<void> {
    const action = Object.hasOwn(ACTIONS, path) ? ACTIONS[path] : undefined
    if (action === undefined) return
    const status = statusOf(context.returned)
    // Those are as many as somebody likes to send.
    if (status === 429) return
    try {
      const user = context.newSession?.user ?? context.session?.user ?? acceptedBy(context.returned)
      await this.#audit.write({
        workspace: null,
        actor: await this.#actor(user),
        address: headers?.get(ADDRESS_HEADER) ?? null,
        action,
        target: user?.id ?? accountRefused(context.returned) ?? (await accountMeant(body, context)),
        status,
      })
    } catch (error) {
      this.#log.error({ err: error }, 'the audit trail could not be written')
    }
  }

  async #actor(user: User | undefined) {
    if (user === undefined) return { kind: 'nobody', id: '', name: '' }
    const powers = await this.#roles.of(user.id)
    return { kind: powers?.role ?? 'nobody', id: user.id, name: user.name }
  }
}

/** Who accepted an invitation with an account that was there, and is not signed in by that: `accept.ts`. */
function acceptedBy(returned: unknown): User | undefined {
  if (isAPIError(returned) || returned instanceof Response) return undefined
  return (returned as { readonly user?: User } | null | undefined)?.user
}

/** Whose password was guessed with a link. */
function accountRefused(returned: unknown): string | undefined {
  if (!isAPIError(returned)) return undefined
  return (returned.body as { readonly user?: { readonly id: string } } | undefined)?.user?.id
}

/** Whose password was guessed; an address that no account has is not kept. */
async function accountMeant(body: Answered['body'], { internalAdapter }: Answered['context']): Promise<string | null> {
  if (typeof body?.email !== 'string') return null
  return (await internalAdapter.findUserByEmail(body.email.toLowerCase()))?.user.id ?? null
}

function statusOf(returned: unknown): number {
  if (returned instanceof Response) return returned.status
  return isAPIError(returned) ? returned.statusCode : 200
}
