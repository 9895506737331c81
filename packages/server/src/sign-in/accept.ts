import type { AuthContext, BetterAuthPlugin, User } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { accountAt, isPasswordOf, makeAccount, removeAccount } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import { SHORTEST_PASSWORD, tooManyAttempts } from './auth.ts'
import type { Invitation, Invitations } from './invitations.ts'
import type { Roles } from './roles.ts'

const secret = z.string().min(1).max(100)
const email = z.email().max(320)

interface Given {
  readonly name?: string | undefined
  readonly password: string
}

/**
 * `POST /invitation` says what a link offers. `POST /invitation/accept` makes the account and signs in; where there is an account,
 * its password adds to it what the link offers, and signing in is left to who signs in, since that may ask for a second factor.
 */
export function acceptPlugin(invitations: Invitations, roles: Roles, attempts: Attempts) {
  /** Uses an invitation up for work that answers nothing, or fails, where it came to nothing. */
  async function using<T>({ id }: Invitation, now: number, work: (offered: Invitation) => Promise<T | undefined>) {
    const offered = await invitations.use(id, now)
    if (offered === undefined) throw used()
    try {
      const done = await work(offered)
      if (done === undefined) throw changed()
      return done
    } catch (error) {
      await invitations.restore(id)
      throw error
    }
  }

  async function add(auth: AuthContext, account: User, invitation: Invitation, { password }: Given, now: number) {
    // Never cleared here: a link shall give nobody new tries at signing in.
    if (!(await attempts.take(account.email, now))) throw tooManyAttempts()
    if (!(await isPasswordOf(auth, account, password))) throw wrongPassword(account)
    return using(invitation, now, async (offered) =>
      (await roles.give(account.id, offered, now)) ? account : undefined,
    )
  }

  async function begin(auth: AuthContext, address: string, invitation: Invitation, given: Given, now: number) {
    const { name, password } = given
    if (name === undefined) throw refused('NAME_MISSING', 'Say what you are called.')
    checkPassword(password, auth.password.config)
    const hash = await auth.password.hash(password)
    return using(invitation, now, async (offered) => {
      const user = await makeAccount(auth, roles, { email: address, name, hash }, offered, now)
      if (user === undefined) return undefined
      try {
        return { user, session: await auth.internalAdapter.createSession(user.id) }
      } catch (error) {
        await removeAccount(auth, roles, user.id)
        throw error
      }
    })
  }

  return {
    id: 'invitations',
    endpoints: {
      readInvitation: createAuthEndpoint(
        '/invitation',
        { method: 'POST', body: z.strictObject({ secret }) },
        async (context) => {
          const invitation = await invitations.find(context.body.secret, Date.now())
          if (!invitation) throw used()
          const { email, name, role, workspaces, expiresAt } = invitation
          const account = email === null ? undefined : await accountAt(context.context, roles, email)
          return context.json({
            email,
            name,
            role,
            workspaces: workspaces.map(({ slug }) => slug),
            expiresAt: new Date(expiresAt).toISOString(),
            hasAccount: account !== undefined,
          })
        },
      ),
      acceptInvitation: createAuthEndpoint(
        '/invitation/accept',
        {
          method: 'POST',
          body: z.strictObject({
            secret,
            // Needed for a new account alone.
            name: z.string().trim().min(1).max(200).optional(),
            password: z.string().max(1_000),
            // Needed for the first operator's link alone: any other says whose it is.
            email: email.optional(),
          }),
        },
        async (context) => {
          const { body, context: auth } = context
          const now = Date.now()
          const invitation = await invitations.find(body.secret, now)
          if (!invitation) throw used()
          const address = addressOf(invitation, body.email)
          const account = await accountAt(auth, roles, address)
          if (account !== undefined) {
            await add(auth, account, invitation, body, now)
            return context.json({ user: shown(account), signedIn: false })
          }
          const { user, session } = await begin(auth, address, invitation, body, now)
          await setSessionCookie(context, { session, user })
          return context.json({ user: shown(user), signedIn: true })
        },
      ),
    },
  } satisfies BetterAuthPlugin
}

function addressOf(invitation: Invitation, given: string | undefined): string {
  const address = (invitation.email ?? given)?.toLowerCase()
  if (given !== undefined && given.toLowerCase() !== address)
    throw refused('EMAIL_DIFFERS', 'This link is for another e-mail address: use the one that it was sent to.')
  if (address === undefined) throw refused('EMAIL_MISSING', 'Say the e-mail address to sign in with.')
  return address
}

function shown({ id, email, name }: User): Pick<User, 'id' | 'email' | 'name'> {
  return { id, email, name }
}

function checkPassword(text: string, { minPasswordLength, maxPasswordLength }: PasswordLengths): void {
  if (text.length < minPasswordLength)
    throw refused('PASSWORD_TOO_SHORT', `A password has at least ${SHORTEST_PASSWORD} characters.`)
  if (text.length > maxPasswordLength)
    throw refused('PASSWORD_TOO_LONG', `A password has at most ${maxPasswordLength} characters.`)
}

interface PasswordLengths {
  readonly minPasswordLength: number
  readonly maxPasswordLength: number
}

function used(): APIError {
  const message = 'This link was used already, or is past its time. Ask for a new one.'
  return new APIError('GONE', { code: 'INVITATION_GONE', message })
}

/** Whose it is, is for the audit trail: of a refusal, code and message alone are answered. */
function wrongPassword(account: User): APIError {
  const message = 'There is an account with this e-mail address already, and this is not its password.'
  return new APIError('UNAUTHORIZED', { code: 'WRONG_PASSWORD', message, user: { id: account.id } })
}

function changed(): APIError {
  const message = 'The account with this e-mail address was made or removed just now. Open the link once more.'
  return new APIError('CONFLICT', { code: 'ACCOUNT_CHANGED', message })
}

function refused(code: string, message: string): APIError {
  return new APIError('BAD_REQUEST', { code, message })
}
