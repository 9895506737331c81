import { z } from '@hono/zod-openapi'
import { NonBlank, Time, WorkspaceParams } from './common.ts'
import { Scope } from './me.ts'

/** A key of an application, without its text. */
export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    workspace: z.string().nullable().describe('Null for all workspaces.'),
    scopes: z.array(Scope),
    createdBy: z.string(),
    createdAt: Time,
    expiresAt: Time.nullable(),
    revokedAt: Time.nullable(),
    lastUsedAt: Time.nullable().describe('To the minute.'),
    lastUsedAddress: z.string().nullable(),
    lastUsedClient: z.string().nullable(),
    state: z.enum(['live', 'expiring', 'expired', 'revoked']),
  })
  .openapi('ApiKey')
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeys = z.object({ items: z.array(ApiKey) }).openapi('ApiKeys')
export type ApiKeys = z.infer<typeof ApiKeys>

export const NewApiKey = z
  .strictObject({
    name: NonBlank.max(200),
    scopes: z.array(Scope).min(1),
    expiresAt: Time.nullable().optional().describe('Never unless said.'),
  })
  .openapi('NewApiKey')
export type NewApiKey = z.infer<typeof NewApiKey>

/** `text` is answered this once, and stored nowhere. */
export const IssuedApiKey = z.object({ key: ApiKey, text: z.string() }).openapi('IssuedApiKey')
export type IssuedApiKey = z.infer<typeof IssuedApiKey>

export const KeyParams = z.object({ key: z.string() })
export const WorkspaceKeyParams = WorkspaceParams.extend({ key: z.string() })
