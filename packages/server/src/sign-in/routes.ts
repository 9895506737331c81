/**
 * What of better-auth can be reached, beneath its base path; whatever else it brings, now or after an update, cannot. There is
 * no sign-up, no changing of addresses, and no list of sessions, since that would show their tokens to scripts.
 */
const ROUTES: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/sign-in/email': 'POST',
  '/sign-in/social': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/change-password': 'POST',
  '/revoke-other-sessions': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/invitation': 'POST',
  '/invitation/accept': 'POST',
  '/callback/oidc': 'GET',
}

/** The method of a route; nothing where there is none. */
export function methodOf(path: string): 'GET' | 'POST' | undefined {
  return Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined
}
