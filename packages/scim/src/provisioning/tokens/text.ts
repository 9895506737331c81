import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { SECRET_PREFIXES } from '../../base/secrets.ts'

/**
 * A secret's text: `<prefix><public id>_<secret><checksum>`, base62; a SCIM token has 76 characters. The public id names the
 * workspace in its first six characters, so that a look-up asks one workspace only; the secret has 256 random bits; the
 * checksum tells a typo from what was never issued, and covers the prefix, so that nothing passes for something else.
 */
export interface TokenText {
  readonly id: string
  readonly workspace: number
  readonly secret: string
}

export type TokenFault = 'prefix' | 'form' | 'checksum'

export const TOKEN_PREFIX = SECRET_PREFIXES.token
export const KEY_PREFIX = SECRET_PREFIXES.key
export const SETUP_PREFIX = SECRET_PREFIXES.setup
export const SESSION_PREFIX = SECRET_PREFIXES.session

export type SecretPrefix = typeof TOKEN_PREFIX | typeof KEY_PREFIX | typeof SETUP_PREFIX | typeof SESSION_PREFIX

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const WORKSPACE_LENGTH = 6
const RANDOM_LENGTH = 10
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6
const ID = new RegExp(`^[0-9A-Za-z]{${WORKSPACE_LENGTH + RANDOM_LENGTH}}$`)
const FORM = new RegExp(
  `^([0-9A-Za-z]{${WORKSPACE_LENGTH + RANDOM_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
)

const BEGINNING = new RegExp(`^${TOKEN_PREFIX}([0-9A-Za-z]{${WORKSPACE_LENGTH + RANDOM_LENGTH}})_`)

/** Which token a text that is none was meant to be: an incomplete copy, or a mistyped one, still begins with its public id. */
export function namedBy(text: string): Pick<TokenText, 'id' | 'workspace'> | undefined {
  const [, id] = BEGINNING.exec(text) ?? []
  return id === undefined ? undefined : { id, workspace: number(id.slice(0, WORKSPACE_LENGTH)) }
}

/** `digest` is what may be stored of it. */
export interface NewSecret {
  readonly text: string
  readonly digest: Uint8Array
}

export function newToken(workspace: number, prefix: SecretPrefix = TOKEN_PREFIX): NewSecret & { readonly id: string } {
  const id = base62(BigInt(workspace), WORKSPACE_LENGTH) + randomDigits(RANDOM_LENGTH)
  return { id, ...newSecret(id, prefix) }
}

/** A further secret of what has a public id already. */
export function newSecret(id: string, prefix: SecretPrefix): NewSecret {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH)
  const body = `${prefix}${id}_${secret}`
  return { text: body + checksum(body), digest: digestOf(secret) }
}

/** Reads a token, without a look at the store; a text that cannot be one says why. */
export function readToken(text: string, prefix: SecretPrefix = TOKEN_PREFIX): TokenText | TokenFault {
  if (!text.startsWith(prefix)) return 'prefix'
  const parts = FORM.exec(text.slice(prefix.length))
  if (!parts) return 'form'
  const [, id = '', secret = '', sum] = parts
  if (checksum(`${prefix}${id}_${secret}`) !== sum) return 'checksum'
  return { id, secret, workspace: number(id.slice(0, WORKSPACE_LENGTH)) }
}

export function isPublicId(text: string): boolean {
  return ID.test(text)
}

/** The key of the workspace that a public id names; nothing for a text that is none. */
export function workspaceOfId(id: string): number | undefined {
  return isPublicId(id) ? number(id.slice(0, WORKSPACE_LENGTH)) : undefined
}

/** In constant time. A random secret of 256 bits needs no slow hash. */
export function isSecret(secret: string, digest: Uint8Array): boolean {
  return timingSafeEqual(digestOf(secret), digest)
}

function digestOf(secret: string): Uint8Array {
  return hash('sha256', secret, 'buffer')
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_LENGTH)
}

function base62(value: bigint, length: number): string {
  let digits = ''
  for (let rest = value; rest > 0n; rest /= 62n) digits = DIGITS[Number(rest % 62n)] + digits
  return digits.padStart(length, '0')
}

function number(digits: string): number {
  return Array.from(digits).reduce((value, digit) => value * 62 + DIGITS.indexOf(digit), 0)
}

/** Rejects bytes beyond a multiple of 62, which would favour the first digits. */
function randomDigits(length: number): string {
  let digits = ''
  while (digits.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && digits.length < length) digits += DIGITS[byte % 62]
    }
  }
  return digits
}
