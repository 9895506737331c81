import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { SHORTEST_PASSWORD } from './auth.ts'
import type { Invitations } from './invitations.ts'
import type { Roles } from './roles.ts'

const secret = z.string().min(1).max(100)
const email = z.email().max(320)

/** `POST /invitation` says what a link offers, and `POST /invitation/accept` makes the account and signs in. */
export function acceptPlugin(invitations: Invitations, roles: Roles) {
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
          return context.json({
            email,
            name,
            role,
            workspaces: workspaces.map(({ slug }) => slug),
            expiresAt: new Date(expiresAt).toISOString(),
          })
        },
      ),
      acceptInvitation: createAuthEndpoint(
        '/invitation/accept',
        {
          method: 'POST',
          body: z.strictObject({
            secret,
            name: z.string().trim().min(1).max(200),
            password: z.string().max(1_000),
            // Needed for the first operator's link alone: any other says whose it is.
            email: email.optional(),
          }),
        },
        async (context) => {
          const { body } = context
          const { password, internalAdapter } = context.context
          const now = Date.now()
          const invitation = await invitations.find(body.secret, now)
          if (!invitation) throw used()
          const address = (invitation.email ?? body.email)?.toLowerCase()
          if (body.email !== undefined && body.email.toLowerCase() !== address) throw another()
          if (address === undefined) throw refused('EMAIL_MISSING', 'Say the e-mail address to sign in with.')
          checkPassword(body.password, password.config)
          const hash = await password.hash(body.password)
          if (!(await invitations.use(invitation.id, now))) throw used()
          let made: string | undefined
          try {
            if (await internalAdapter.findUserByEmail(address)) throw taken()
            const user = await internalAdapter.createUser(
              { email: address, name: body.name, emailVerified: true },
              { method: 'email-password' },
            )
            made = user.id
            await internalAdapter.linkAccount({
              userId: user.id,
              providerId: 'credential',
              accountId: user.id,
              password: hash,
            })
            await roles.give(user.id, invitation, now)
            const session = await internalAdapter.createSession(user.id)
            await setSessionCookie(context, { session, user })
            return context.json({ user: { id: user.id, email: user.email, name: user.name } })
          } catch (error) {
            if (made !== undefined) await internalAdapter.deleteUser(made)
            await invitations.restore(invitation.id)
            throw error
          }
        },
      ),
    },
  } satisfies BetterAuthPlugin
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

function another(): APIError {
  return refused('EMAIL_DIFFERS', 'This link is for another e-mail address: use the one that it was sent to.')
}

function taken(): APIError {
  const message = 'There is an account with this e-mail address already. Sign in with it.'
  return new APIError('CONFLICT', { code: 'ACCOUNT_EXISTS', message })
}

function refused(code: string, message: string): APIError {
  return new APIError('BAD_REQUEST', { code, message })
}
