import { z } from '@hono/zod-openapi'
import { Language } from './common.ts'

export const SCOPES = [
  'workspaces:read',
  'workspaces:write',
  'settings:write',
  'people:read',
  'people:write',
  'groups:read',
  'groups:write',
  'tokens:read',
  'tokens:write',
  'activity:read',
  'changes:read',
  'audit:read',
  'keys:write',
  'admins:write',
] as const
export const Scope = z.enum(SCOPES).openapi('Scope')
export type Scope = z.infer<typeof Scope>

/** Who asks, and what they may. */
export const Me = z
  .object({
    kind: z.enum(['operator', 'workspace_admin', 'api_key']),
    id: z.string(),
    name: z.string(),
    email: z.string().optional(),
    workspaces: z.union([z.literal('all'), z.array(z.string())]),
    scopes: z.array(Scope),
    language: Language.optional(),
    features: z.object({
      signIn: z.boolean().describe('Whether people sign in here, so that there are admins to invite.'),
      rehearsals: z.boolean(),
      guides: z.boolean(),
    }),
  })
  .openapi('Me')
export type Me = z.infer<typeof Me>
