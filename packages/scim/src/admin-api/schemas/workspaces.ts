import { z } from '@hono/zod-openapi'
import { HEALTH_STATES, type HealthState } from '../../provisioning/health/judge.ts'
import { REASONS } from '../reasons.ts'
import { Flag, NonBlank, PageQuery, Text, Time } from './common.ts'
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

const count = z.number().int()

export const WorkspacePage = z
  .object({
    items: z.array(Workspace),
    next: z.string().nullable(),
    states: z
      .object({ failing: count, silent: count, waiting: count, healthy: count, off: count })
      .optional()
      .describe('How many of those searched are in each state, where `sort=attention` or `state` was asked for.'),
  })
  .openapi('WorkspacePage')
export type WorkspacePage = z.infer<typeof WorkspacePage>

const STATE = `(${HEALTH_STATES.join('|')})`
const States = z
  .string()
  .regex(new RegExp(`^${STATE}(,${STATE})*$`), REASONS.unknown.en)
  .transform((text) => text.split(',') as HealthState[])
  .openapi({ type: 'string', example: 'failing,silent', description: 'Those in one of these states alone.' })

export const WorkspacesQuery = PageQuery.extend({
  search: Text.optional().describe('A part of the name or the slug, in any case.'),
  health: Flag.optional(),
  sort: z
    .enum(['slug', 'attention'])
    .optional()
    .describe(
      '`attention`: failing, silent, waiting, healthy, off, each in the order of slugs, with their health. A state may be some seconds old where there are thousands.',
    ),
  state: States.optional(),
})

/** What may be changed; what is left out stays. */
export const WorkspaceChanges = z
  .strictObject({ ...settings, guard: z.strictObject(Guard.shape).partial() })
  .partial()
  .openapi('WorkspaceChanges')
export type WorkspaceChanges = z.infer<typeof WorkspaceChanges>

export const NewWorkspace = WorkspaceChanges.extend({ slug: z.string(), name: NonBlank }).openapi('NewWorkspace')
export type NewWorkspace = z.infer<typeof NewWorkspace>
