import { randomBytes } from 'node:crypto'
import type { Scim } from '@optimaite/scim'
import { betterAuth } from 'better-auth'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { acceptPlugin } from './accept.ts'
import { accountAt, makeAccount, removeAccount } from './accounts.ts'
import { ADDRESS_HEADER } from './address.ts'
import { Admins } from './admins.ts'
import { answerSignIn } from './answer.ts'
import { Attempts } from './attempts.ts'
import { authOptions, migrateAuth, SHORTEST_PASSWORD } from './auth.ts'
import { openSignInDatabase, type SignInDatabase } from './database.ts'
import { Invitations, invitationUrl } from './invitations.ts'
import { readOidc, readSecret } from './oidc.ts'
import { Roles } from './roles.ts'
import { makeOwnTables, storedSecret } from './tables.ts'
import { Trail } from './trail.ts'

/** Somebody whose session was found, as the admin API takes it. */
export type SignedIn =
  | { readonly kind: 'operator'; readonly id: string; readonly name: string; readonly email: string }
  | {
      readonly kind: 'workspace_admin'
      readonly id: string
      readonly name: string
      readonly email: string
      readonly workspaces: readonly string[]
    }

/** Sign-in beside SCIM, on the same database. */
export interface SignIn {
  /** Answers below its path; the address is the client's, as far as it is known. */
  fetch(request: Request, address: string | null): Promise<Response>
  /** Who a request's cookie means. */
  authorize(request: Request): Promise<SignedIn | undefined>
  readonly admins: Admins
  /** Origins from which browsers may write. */
  readonly origins: readonly string[]
  operatorExists(): Promise<boolean>
  /** The address of a new link for the first operator; links made before end. */
  firstOperatorUrl(): Promise<string>
  /** An operator for trying things out, with a new password; nothing where there are others and not this one. */
  demoOperator(): Promise<{ readonly email: string; readonly password: string } | undefined>
  close(): Promise<void>
}

const DEMO_EMAIL = 'operator@demo.example'

/** Opens sign-in and brings its tables up to date. */
export async function openSignIn(
  config: Config,
  publicUrl: string,
  scim: Pick<Scim, 'workspaces' | 'audit'>,
  log: Logger,
): Promise<SignIn> {
  const oidc = readOidc(config)
  const database = openSignInDatabase(config)
  try {
    return await open(config, publicUrl.replace(/\/+$/, ''), scim, log, database, oidc)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function open(
  config: Config,
  publicUrl: string,
  scim: Pick<Scim, 'workspaces' | 'audit'>,
  log: Logger,
  database: SignInDatabase,
  oidc: ReturnType<typeof readOidc>,
): Promise<SignIn> {
  const roles = new Roles(database)
  const invitations = new Invitations(database)
  const attempts = new Attempts(database)
  const origins = originsOf(config, publicUrl)
  const { signInSecretFile: file } = config
  const given = file === undefined ? undefined : readSecret(file, '--sign-in-secret-file', 32)
  const accept = acceptPlugin(invitations, roles, attempts)
  const trail = new Trail(scim.audit, roles, log)
  const settings = { publicUrl, origins, database, oidc, roles, attempts, trail, log }
  const secret = await database.alone(async () => {
    await makeOwnTables(database)
    const secret = given ?? (await storedSecret(database))
    await migrateAuth(authOptions({ ...settings, secret }, accept))
    return secret
  })
  const auth = betterAuth(authOptions({ ...settings, secret }, accept))
  const accounts = { remove: async (user: string) => removeAccount(await auth.$context, roles, user) }
  const admins = new Admins(database, roles, invitations, accounts, publicUrl)
  const methods = {
    oidc: oidc === undefined ? null : { name: new URL(oidc.discoveryUrl).hostname },
    shortestPassword: SHORTEST_PASSWORD,
  }
  const before = { origins: new Set(origins), methods, handle: auth.handler }
  return {
    admins,
    origins,
    fetch(request, address) {
      const headers = new Headers(request.headers)
      headers.delete(ADDRESS_HEADER)
      if (address !== null) headers.set(ADDRESS_HEADER, address)
      return answerSignIn(new Request(request, { headers }), before)
    },
    async authorize({ headers }) {
      if (!headers.has('cookie')) return undefined
      // Only what a page asks for itself keeps a session alive: see `get-session`.
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
      if (!found) return undefined
      const { id, name, email } = found.user
      const powers = await roles.of(id)
      if (powers?.role === 'operator') return { kind: 'operator', id, name, email }
      if (powers === undefined) return undefined
      const own = await Promise.all(
        powers.workspaces.map(async (mark) => ({ mark, now: await scim.workspaces.find(mark.slug) })),
      )
      const slugs = own.filter(({ mark, now }) => now?.createdAt === mark.createdAt).map(({ mark }) => mark.slug)
      return { kind: 'workspace_admin', id, name, email, workspaces: slugs }
    },
    operatorExists: () => roles.operatorExists(),
    firstOperatorUrl: async () => invitationUrl(publicUrl, await invitations.makeFirst(Date.now())),
    async demoOperator() {
      const context = await auth.$context
      const known = await accountAt(context, roles, DEMO_EMAIL)
      // Whoever was invited to something with this address is no operator by that.
      const isOperator = known !== undefined && (await roles.of(known.id))?.role === 'operator'
      if (!isOperator && (known !== undefined || (await roles.operatorExists()))) return undefined
      const text = randomBytes(12).toString('base64url')
      const hash = await context.password.hash(text)
      if (known) await context.internalAdapter.updatePassword(known.id, hash)
      else {
        const given = { email: DEMO_EMAIL, name: 'Demo operator', hash }
        if (!(await makeAccount(context, roles, given, { role: 'operator', workspaces: [] }, Date.now())))
          return undefined
      }
      return { email: DEMO_EMAIL, password: text }
    },
    close: () => database.close(),
  }
}

/**
 * The public URL's origin alone. Where none is set up, a service on loopback is also called by the other name that this machine
 * has for itself.
 */
function originsOf({ publicUrl: given }: Config, publicUrl: string): string[] {
  const { origin, hostname, port, protocol } = new URL(publicUrl)
  if (given !== undefined || hostname !== '127.0.0.1') return [origin]
  return [origin, `${protocol}//localhost${port === '' ? '' : `:${port}`}`]
}
