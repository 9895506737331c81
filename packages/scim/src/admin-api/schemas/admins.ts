import { z } from '@hono/zod-openapi'
import { Time, WorkspaceParams } from './common.ts'

/** Somebody who signs in, or is invited to. */
export const Admin = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(['operator', 'workspace_admin']),
    workspaces: z.array(z.string()).describe("Slugs; an operator's is empty, and means all."),
    state: z.enum(['active', 'invited', 'expired']),
    twoFactor: z.boolean(),
    createdAt: Time,
    lastSignInAt: Time.nullable(),
  })
  .openapi('Admin')
export type Admin = z.infer<typeof Admin>

export const Admins = z.object({ items: z.array(Admin) }).openapi('Admins')
export type Admins = z.infer<typeof Admins>

export const NewAdmin = z
  .strictObject({ email: z.email().max(320), name: z.string().max(200).optional() })
  .openapi('NewAdmin')
export type NewAdmin = z.infer<typeof NewAdmin>

/** An operator, or an admin of the workspaces that are named. */
export const NewServiceAdmin = NewAdmin.extend({
  workspaces: z.array(z.string()).min(1).max(1_000).optional().describe('Slugs. Without, an operator is invited.'),
}).openapi('NewServiceAdmin')
export type NewServiceAdmin = z.infer<typeof NewServiceAdmin>

export const Invitation = z
  .object({
    admin: Admin.describe('The invitation itself; of an account with the same address it says nothing.'),
    url: z.string().describe('The link to send to who is invited. Whoever has an account accepts with its password.'),
  })
  .openapi('Invitation')
export type Invitation = z.infer<typeof Invitation>

export const AdminParams = z.object({ admin: z.string() })
export const WorkspaceAdminParams = WorkspaceParams.extend({ admin: z.string() })
