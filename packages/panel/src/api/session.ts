import { send } from './client.ts'

/** Where the service's sign-in answers. */
export const AUTH = '/api/sign-in'

interface SignedIn {
  /** The password was right, and a code is asked for. */
  readonly twoFactorRedirect?: boolean
}

/** What an invitation offers; the first operator's has no address yet. */
export interface Invited {
  readonly email: string | null
  readonly name: string | null
  readonly role: 'operator' | 'workspace_admin'
  readonly workspaces: readonly string[]
  readonly expiresAt: string
  /** Whether there is an account with the address, whose password is asked for then. */
  readonly hasAccount: boolean
}

/** An account that was there before is not signed in by accepting: it may have a second factor. */
interface Accepted {
  readonly user: { readonly id: string }
  readonly signedIn: boolean
}

const post = <T>(path: string, body: object) => send<T>('POST', `${AUTH}${path}`, { body })

export const session = {
  methods: () => send<{ oidc: { name: string } | null }>('GET', `${AUTH}/methods`),
  signIn: (email: string, password: string) => post<SignedIn>('/sign-in/email', { email, password }),
  signInElsewhere: (next: string) =>
    post<{ url: string }>('/sign-in/social', { provider: 'oidc', callbackURL: next, errorCallbackURL: '/sign-in' }),
  verifyCode: (code: string) => post('/two-factor/verify-totp', { code }),
  verifyBackupCode: (code: string) => post('/two-factor/verify-backup-code', { code }),
  /** Changes nothing. */
  invitation: (secret: string) => post<Invited>('/invitation', { secret }),
  acceptInvitation: (given: { secret: string; name?: string; email?: string; password: string }) =>
    post<Accepted>('/invitation/accept', given),
  /** Null for whoever is not signed in. */
  get: () => send<{ user: { id: string; twoFactorEnabled?: boolean | null } } | null>('GET', `${AUTH}/get-session`),
  signOut: () => post('/sign-out', {}),
  changePassword: (currentPassword: string, newPassword: string) =>
    post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
  enableTwoFactor: (password: string) =>
    post<{ totpURI: string; backupCodes: readonly string[] }>('/two-factor/enable', { password }),
  disableTwoFactor: (password: string) => post('/two-factor/disable', { password }),
}

/** A path of the panel to go on to after sign-in; anything else, such as another origin, becomes the start page. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/'
  const url = new URL(next, 'http://panel.invalid')
  return url.origin === 'http://panel.invalid' ? `${url.pathname}${url.search}` : '/'
}
