import { z } from '@hono/zod-openapi'
import { NonBlank, Time, WorkspaceParams } from './common.ts'

export const PROVIDERS = ['entra', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik', 'other'] as const
export const Provider = z.enum(PROVIDERS).openapi('Provider')
export type Provider = z.infer<typeof Provider>

/** A SCIM token, without its text. */
export const Token = z
  .object({
    id: z.string(),
    label: z.string(),
    provider: Provider,
    createdBy: z.string(),
    createdAt: Time,
    expiresAt: Time,
    revokedAt: Time.nullable(),
    lastUsedAt: Time.nullable(),
    lastUsedAddress: z.string().nullable(),
    lastUsedClient: z.string().nullable(),
    state: z.enum(['live', 'expiring', 'expired', 'revoked']),
  })
  .openapi('Token')
export type Token = z.infer<typeof Token>

export const Tokens = z.object({ items: z.array(Token) }).openapi('Tokens')
export type Tokens = z.infer<typeof Tokens>

const Label = NonBlank.max(200)

export const NewToken = z
  .strictObject({
    label: Label,
    provider: Provider.optional(),
    expiresAt: Time.optional().describe('In a year unless said otherwise.'),
  })
  .openapi('NewToken')
export type NewToken = z.infer<typeof NewToken>

export const TokenRotation = z
  .strictObject({ label: Label.optional(), expiresAt: Time.optional() })
  .openapi('TokenRotation')
export type TokenRotation = z.infer<typeof TokenRotation>

export const TokenEnd = z
  .strictObject({ at: Time.optional().describe('Until when it lives on; at once unless said otherwise.') })
  .openapi('TokenEnd')
export type TokenEnd = z.infer<typeof TokenEnd>

/** `text` is what the provider needs. It is answered this once, and stored nowhere. */
export const IssuedToken = z.object({ token: Token, text: z.string() }).openapi('IssuedToken')
export type IssuedToken = z.infer<typeof IssuedToken>

/** The new one; the old one lives on until it is retired. */
export const RotatedToken = IssuedToken.extend({ previous: Token }).openapi('RotatedToken')
export type RotatedToken = z.infer<typeof RotatedToken>

export const TokenParams = WorkspaceParams.extend({ token: z.string() })
