/** What each of the service's secrets begins with. */
export const SECRET_PREFIXES = {
  token: 'opt_scim_',
  key: 'opt_key_',
  setup: 'opt_setup_',
  session: 'opt_session_',
} as const

/** Whole or cut short, and in whatever case; also what stands behind the prefix: a public id with its secret. */
const SECRETS = new RegExp(`(?:${Object.values(SECRET_PREFIXES).join('|')})\\w+|[0-9A-Z]{16}_[0-9A-Z]{32,}`, 'gi')

/** A text without secrets that were pasted into it, where an id belongs for instance. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRETS, '…')
}

export function holdsSecret(text: string): boolean {
  return withoutSecrets(text) !== text
}
