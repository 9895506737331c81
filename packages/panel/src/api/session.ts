import { send } from './client.ts'

/** Where better-auth answers. */
export const AUTH = '/api/auth'

interface SignedIn {
  /** The password was right, and a code is asked for. */
  readonly twoFactorRedirect?: boolean
}

const post = <T>(path: string, body: object) => send<T>('POST', `${AUTH}${path}`, { body })

export const session = {
  methods: () => send<{ oidc: { name: string } | null }>('GET', `${AUTH}/methods`),
  signIn: (email: string, password: string) => post<SignedIn>('/sign-in/email', { email, password }),
  signInElsewhere: (next: string) =>
    post<{ url: string }>('/sign-in/oauth2', { providerId: 'oidc', callbackURL: next, errorCallbackURL: '/sign-in' }),
  verifyCode: (code: string) => post('/two-factor/verify-totp', { code }),
  verifyBackupCode: (code: string) => post('/two-factor/verify-backup-code', { code }),
  acceptInvitation: (given: { secret: string; name: string; email: string; password: string }) =>
    post('/invitation/accept', given),
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
