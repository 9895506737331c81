import type { AuthContext, User } from 'better-auth'
import type { Powers, Roles } from './roles.ts'

type Auth = Pick<AuthContext, 'internalAdapter'>
type Passwords = Pick<AuthContext['password'], 'verify'>

/** What is being made has no role for a moment; what has none for longer than this is left of an account that is gone. */
const MAKING = 60_000

/** The account of an address: a user of better-auth who has a role. */
export async function accountAt({ internalAdapter }: Auth, roles: Roles, email: string): Promise<User | undefined> {
  const user = (await internalAdapter.findUserByEmail(email))?.user
  return user !== undefined && (await roles.of(user.id)) !== undefined ? user : undefined
}

export async function isPasswordOf(
  { internalAdapter, password }: Auth & { readonly password: Passwords },
  user: User,
  text: string,
): Promise<boolean> {
  const hash = (await internalAdapter.findCredentialAccount(user.id))?.password
  return typeof hash === 'string' && (await password.verify({ hash, password: text }))
}

/** Makes an account, or nothing of it; answers nothing where another has the address, or was given it at the same time. */
export async function makeAccount(
  auth: Auth,
  roles: Roles,
  { email, name, hash }: { readonly email: string; readonly name: string; readonly hash: string },
  powers: Powers,
  now: number,
): Promise<User | undefined> {
  const { internalAdapter } = auth
  if (!(await isFree(auth, roles, email, now))) return undefined
  const given = { email, name, emailVerified: true }
  const user = await internalAdapter.createUser(given, { method: 'email-password' }).catch(async (error: unknown) => {
    if (await internalAdapter.findUserByEmail(email)) return undefined
    throw error
  })
  if (user === undefined) return undefined
  try {
    const credential = { userId: user.id, providerId: 'credential', accountId: user.id, password: hash }
    await internalAdapter.linkAccount(credential)
    if (await roles.give(user.id, powers, now)) return user
  } catch (error) {
    await removeAccount(auth, roles, user.id)
    throw error
  }
  return undefined
}

/** Its sessions end at once. */
export async function removeAccount({ internalAdapter }: Auth, roles: Roles, user: string): Promise<void> {
  await internalAdapter.deleteUserSessions(user)
  await internalAdapter.deleteUser(user)
  // A link may have been accepted meanwhile.
  await roles.drop(user)
}

/** Whether nobody has the address, once what is left of an account without a role is gone. */
async function isFree(auth: Auth, roles: Roles, email: string, now: number): Promise<boolean> {
  const found = (await auth.internalAdapter.findUserByEmail(email))?.user
  if (found === undefined) return true
  if ((await roles.of(found.id)) !== undefined || found.createdAt.getTime() > now - MAKING) return false
  await removeAccount(auth, roles, found.id)
  return true
}
