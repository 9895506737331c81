import type { BetterAuthOptions } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { Logger } from 'pino'
import { ADDRESS_HEADER } from './address.ts'
import type { Attempts } from './attempts.ts'
import type { SignInDatabase } from './database.ts'
import { authLog, logFault } from './log.ts'
import { OIDC, type OidcSettings } from './oidc.ts'
import type { Roles } from './roles.ts'
import type { Answered, Trail } from './trail.ts'

/** Below the public URL: where sign-in answers. It stays apart from what is below `/api/auth`, where SCIM is. */
export const SIGN_IN_PATH = '/api/sign-in'

export const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 128

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface AuthSettings {
  /** Where browsers reach the service, without a `/` at its end. */
  readonly publicUrl: string
  /** Origins from which browsers may write. */
  readonly origins: readonly string[]
  readonly secret: string
  readonly database: SignInDatabase
  readonly oidc: OidcSettings | undefined
  readonly roles: Roles
  readonly attempts: Attempts
  readonly trail: Trail
  readonly log: Logger
}

type Plugins = NonNullable<BetterAuthOptions['plugins']>

/** How better-auth is set up. There is no sign-up: only invitations make accounts (`accept.ts`). */
export function authOptions(settings: AuthSettings, accept: Plugins[number]) {
  const { publicUrl, origins, secret, database, oidc, log } = settings
  const tables = tableOptions(database)
  return {
    ...tables,
    appName: 'Optimaite SCIM',
    baseURL: new URL(publicUrl).origin,
    basePath: SIGN_IN_PATH,
    secret,
    trustedOrigins: [...origins],
    telemetry: { enabled: false },
    logger: authLog(log),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    // No cache in a cookie: who is signed out, or removed, is out at once.
    session: { ...tables.session, expiresIn: 3 * DAY, updateAge: HOUR, cookieCache: { enabled: false } },
    account: {
      ...tables.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    rateLimit: {
      enabled: true,
      ...tables.rateLimit,
      window: MINUTE,
      max: 300,
      customRules: RATE_LIMITS,
    },
    advanced: {
      cookiePrefix: 'optimaite',
      useSecureCookies: publicUrl.startsWith('https:'),
      // Strict would keep the cookie of the way back from an OpenID provider, which is another site.
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      cookies: { session_token: { attributes: { sameSite: 'strict' as const } } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // Said, because better-auth leaves both out where it takes itself to be under test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    onAPIError: { errorURL: `${publicUrl}/sign-in`, onError: (error) => logFault(log, error) },
    hooks: hooksOf(settings),
    databaseHooks: databaseHooksOf(settings),
    plugins: [...tables.plugins, ...(oidc === undefined ? [] : [oidcPlugin(oidc, publicUrl)]), accept],
  } satisfies BetterAuthOptions
}

/** As much as says which tables better-auth has. */
export function tableOptions({ kysely, type, schema, name }: SignInDatabase) {
  return {
    database: { db: kysely, type, ...(schema !== undefined && { schemaName: schema }) },
    user: { modelName: name('users') },
    session: { modelName: name('sessions') },
    account: { modelName: name('accounts') },
    verification: { modelName: name('verifications') },
    rateLimit: { storage: 'database' as const, modelName: name('rate_limits') },
    plugins: [twoFactor({ issuer: 'Optimaite SCIM', schema: { twoFactor: { modelName: name('two_factors') } } })],
  } satisfies BetterAuthOptions
}

/** Brings better-auth's own tables up to date. */
export async function migrateAuth(options: BetterAuthOptions): Promise<void> {
  const { runMigrations } = await getMigrations(options)
  await runMigrations()
}

/** Requests of one address in a minute. */
const RATE_LIMITS = {
  '/sign-in/email': { window: MINUTE, max: 10 },
  // Nothing can be guessed there.
  '/sign-in/social': { window: MINUTE, max: 60 },
  '/two-factor/*': { window: MINUTE, max: 10 },
  '/change-password': { window: MINUTE, max: 10 },
  '/invitation': { window: MINUTE, max: 20 },
  '/invitation/accept': { window: MINUTE, max: 10 },
}

function oidcPlugin({ discoveryUrl, clientId, clientSecret }: OidcSettings, publicUrl: string) {
  return genericOAuth({
    config: [
      {
        providerId: OIDC,
        discoveryUrl,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        redirectURI: `${publicUrl}${SIGN_IN_PATH}/callback/${OIDC}`,
        pkce: true,
        requireIdTokenVerification: true,
        disableSignUp: true,
      },
    ],
  })
}

function hooksOf({ attempts, trail }: AuthSettings) {
  return {
    before: createAuthMiddleware(async ({ path, body }) => {
      if (path !== '/sign-in/email' || typeof body?.email !== 'string') return
      if (await attempts.take(body.email, Date.now())) return
      throw tooManyAttempts()
    }),
    after: createAuthMiddleware(async (answered) => {
      const { path, body, context } = answered
      if (path === '/sign-in/email' && context.newSession) await attempts.clear(String(body.email), Date.now())
      await trail.write(answered as Answered)
    }),
  }
}

export function tooManyAttempts(): APIError {
  const message = 'Too many attempts to sign in to this account. Try again in a quarter of an hour.'
  return new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message })
}

function databaseHooksOf({ roles }: AuthSettings) {
  return {
    session: {
      create: {
        // Only operators come by OpenID Connect, and who has no role any more by no way.
        before: async ({ userId }: { userId: string }, context: { readonly path?: string } | null) => {
          const powers = await roles.of(userId)
          const isCallback = context?.path?.startsWith('/callback/') ?? false
          return powers !== undefined && (!isCallback || powers.role === 'operator') ? undefined : false
        },
        after: async ({ userId }: { userId: string }) => roles.noteSignIn(userId, Date.now()),
      },
    },
  }
}
