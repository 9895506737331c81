import { send } from './client.ts'

/** Where better-auth answers. */
export const AUTH = '/api/auth'

interface SignedIn {
  /** The password was right, and a code is asked for. */
  readonly twoFactorRedirect?: boolean
}

export const session = {
  signIn: (email: string, password: string) =>
    send<SignedIn>('POST', `${AUTH}/sign-in/email`, { body: { email, password } }),
  verifyCode: (code: string) => send<unknown>('POST', `${AUTH}/two-factor/verify-totp`, { body: { code } }),
  verifyBackupCode: (code: string) => send<unknown>('POST', `${AUTH}/two-factor/verify-backup-code`, { body: { code } }),
  signOut: () => send<unknown>('POST', `${AUTH}/sign-out`, { body: {} }),
  changePassword: (currentPassword: string, newPassword: string) =>
    send<unknown>('POST', `${AUTH}/change-password`, {
      body: { currentPassword, newPassword, revokeOtherSessions: true },
    }),
  enableTwoFactor: (password: string) =>
    send<{ totpURI: string; backupCodes: string[] }>('POST', `${AUTH}/two-factor/enable`, { body: { password } }),
  disableTwoFactor: (password: string) => send<unknown>('POST', `${AUTH}/two-factor/disable`, { body: { password } }),
}

/** A path of the panel to go on to after sign-in; anything else, such as another origin, becomes the start page. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/'
  const url = new URL(next, 'http://panel.invalid')
  return url.origin === 'http://panel.invalid' ? `${url.pathname}${url.search}` : '/'
}
