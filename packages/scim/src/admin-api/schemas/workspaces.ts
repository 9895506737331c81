import { z } from '@hono/zod-openapi'
import { Flag, NonBlank, PageQuery, pageOf, Text, Time } from './common.ts'
import { Health } from './health.ts'

const Guard = z
  .object({
    on: z.boolean(),
    limit: z.number().int().min(1).max(1_000_000).describe('Effective memberships of one group lost in ten minutes.'),
  })
  .openapi('Guard')

const settings = {
  name: NonBlank,
  scim: z.boolean().describe('Whether the SCIM endpoint answers; for operators to turn on.'),
  unknownMembers: z.enum(['record', 'reject']),
  unknownUsers: z.enum(['refuse', 'pending']),
  suspended: z.enum(['apply', 'ignore']),
  activityDays: z.number().int().min(1).max(36_500),
  pendingDays: z.number().int().min(1).max(36_500),
}

export const Workspace = z
  .object({
    slug: z.string(),
    ...settings,
    guard: Guard,
    createdAt: Time,
    scimUrl: z.string().describe('What to enter at the provider.'),
    health: Health.optional().describe('Where it was asked for.'),
  })
  .openapi('Workspace')
export type Workspace = z.infer<typeof Workspace>

export const WorkspacePage = pageOf('WorkspacePage', Workspace)
export type WorkspacePage = z.infer<typeof WorkspacePage>

export const WorkspacesQuery = PageQuery.extend({
  search: Text.optional().describe('A part of the name or the slug, in any case.'),
  health: Flag.optional(),
})

/** What may be changed; what is left out stays. */
export const WorkspaceChanges = z
  .strictObject({ ...settings, guard: z.strictObject(Guard.shape).partial() })
  .partial()
  .openapi('WorkspaceChanges')
export type WorkspaceChanges = z.infer<typeof WorkspaceChanges>

export const NewWorkspace = WorkspaceChanges.extend({ slug: z.string(), name: NonBlank }).openapi('NewWorkspace')
export type NewWorkspace = z.infer<typeof NewWorkspace>
