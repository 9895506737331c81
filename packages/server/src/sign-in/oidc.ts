import { readFileSync } from 'node:fs'
import { misused } from '../cli/fault.ts'
import type { Config } from '../config.ts'

/** The provider's name within better-auth, and in its callback's address. */
export const OIDC = 'oidc'

/** How operators sign in with an account of their own company. */
export interface OidcSettings {
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Read from the configuration alone; all three settings belong together. */
export function readOidc({ oidcDiscoveryUrl, oidcClientId, oidcClientSecretFile }: Config): OidcSettings | undefined {
  const given = [oidcDiscoveryUrl, oidcClientId, oidcClientSecretFile].filter((setting) => setting !== undefined)
  if (given.length === 0) return undefined
  if (!oidcDiscoveryUrl || !oidcClientId || !oidcClientSecretFile)
    throw misused(
      'OpenID Connect is set up in part.',
      'Give --oidc-discovery-url, --oidc-client-id and --oidc-client-secret-file together, or none of them.',
    )
  const clientSecret = readSecret(oidcClientSecretFile, '--oidc-client-secret-file')
  return { discoveryUrl: oidcDiscoveryUrl, clientId: oidcClientId, clientSecret }
}

/** A secret that a file holds, without the end of its line. */
export function readSecret(file: string, flag: string, least = 1): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw misused(`${flag} ${file} cannot be read (${code}).`, 'Name a file that this user may read.')
  }
  if (text.length >= least) return text
  throw misused(
    `${flag} ${file} holds ${text.length} characters, and ${least} are needed.`,
    'Make one with: openssl rand -base64 32',
  )
}
