import { z } from '@hono/zod-openapi'
import { Text, Time, WorkspaceParams } from './common.ts'
import { Provider } from './tokens.ts'

const Act = z.object({ at: Time, address: z.string().nullable(), client: z.string().nullable() })

/** What lets somebody outside set a workspace's provider up. */
export const SetupLink = z
  .object({
    id: z.string(),
    provider: Provider,
    note: z.string().nullable().describe('For admins: who it was made for, or why.'),
    createdBy: z.string(),
    createdAt: Time,
    expiresAt: Time,
    revokedAt: Time.nullable(),
    state: z.enum(['open', 'claimed', 'expired', 'revoked']),
    claimed: Act.nullable().describe('By which browser, and when.'),
    issued: Act.extend({ token: z.string() }).nullable().describe('The last token that it issued.'),
  })
  .openapi('SetupLink')
export type SetupLink = z.infer<typeof SetupLink>

export const SetupLinks = z.object({ items: z.array(SetupLink) }).openapi('SetupLinks')
export type SetupLinks = z.infer<typeof SetupLinks>

export const NewSetupLink = z.strictObject({ provider: Provider, note: Text.optional() }).openapi('NewSetupLink')
export type NewSetupLink = z.infer<typeof NewSetupLink>

/** `url` is to be sent to the contact. It is answered this once. */
export const IssuedSetupLink = z.object({ link: SetupLink, url: z.string() }).openapi('IssuedSetupLink')
export type IssuedSetupLink = z.infer<typeof IssuedSetupLink>

export const SetupLinkParams = WorkspaceParams.extend({ link: z.string() })
export const RevokeSetupLinkQuery = z.strictObject({
  token: z.enum(['revoke', 'keep']).optional().describe('What to do with the token that it issued.'),
})

export const SetupClaim = z.strictObject({ secret: z.string().max(200) }).openapi('SetupClaim')

/** What the outside contact sees. */
export const Setup = z
  .object({
    link: z.string().describe('The id of the link, which its secret names behind the prefix.'),
    workspace: z.object({ name: z.string() }),
    provider: Provider,
    expiresAt: Time,
    scimUrl: z.string(),
    scim: z.boolean().describe('Whether the SCIM endpoint answers yet.'),
    token: z
      .object({
        createdAt: Time,
        expiresAt: Time,
        lastUsedAt: Time.nullable(),
        state: z.enum(['live', 'expiring', 'expired', 'revoked']),
      })
      .nullable()
      .describe('The token that was issued here last.'),
  })
  .openapi('Setup')
export type Setup = z.infer<typeof Setup>

/** The token that was issued before is retired. */
export const SetupToken = z.object({ text: z.string(), expiresAt: Time }).openapi('SetupToken')
export type SetupToken = z.infer<typeof SetupToken>
