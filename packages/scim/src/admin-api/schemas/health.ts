import { z } from '@hono/zod-openapi'
import { CHECKLIST_STEPS } from '../../provisioning/health/checklist.ts'
import { HEALTH_STATES } from '../../provisioning/health/judge.ts'
import { orNull, Time, Words } from './common.ts'
import { Provider } from './tokens.ts'

/** Whether an integration works. */
export const Health = z
  .object({
    state: z.enum(HEALTH_STATES).describe('`silent` only where the provider polls, as Entra does.'),
    reason: Words.extend({
      code: z.string(),
      fix: orNull(Words).describe('What to do about a request that was refused.'),
      activity: z.string().nullable().describe('The entry that shows it.'),
    }),
    since: Time.nullable(),
    lastContact: Time.nullable(),
    people: z.number().int(),
    groups: z.number().int(),
    problems: z.number().int().describe('Open problems.'),
    last24h: z.object({ ok: z.number().int(), failed: z.number().int() }),
  })
  .openapi('Health')
export type Health = z.infer<typeof Health>

/** Requests that failed for one reason and have not been put right. */
export const FailureGroup = z
  .object({
    problem: z.string(),
    count: z.number().int(),
    title: Words,
    cause: Words,
    fix: Words,
    first: Time,
    last: Time,
    activity: z.string().describe('The entry of the last.'),
  })
  .openapi('FailureGroup')
export type FailureGroup = z.infer<typeof FailureGroup>

export const Failures = z
  .object({
    items: z.array(FailureGroup),
    more: z.boolean().describe('There were more failures than are looked at, the newest 1,000.'),
  })
  .openapi('Failures')
export type Failures = z.infer<typeof Failures>

/** How far a set-up is, as real requests show it. */
export const Checklist = z
  .object({
    provider: Provider,
    items: z.array(
      z.object({
        step: z.enum(CHECKLIST_STEPS),
        state: z.enum(['open', 'done', 'failed']),
        at: Time.nullable(),
        activity: z.string().nullable().describe('The activity entry that shows it, `act_…`.'),
        cause: Words.optional(),
        fix: Words.optional(),
      }),
    ),
  })
  .openapi('Checklist')
export type Checklist = z.infer<typeof Checklist>
export type ChecklistItem = Checklist['items'][number]
