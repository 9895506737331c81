import { z } from '@hono/zod-openapi'
import { CHECKLIST_STEPS } from '../../provisioning/health/checklist.ts'
import { HEALTH_STATES } from '../../provisioning/health/judge.ts'
import { Time, Words } from './common.ts'
import { Provider } from './tokens.ts'

/** Whether an integration works. */
export const Health = z
  .object({
    state: z.enum(HEALTH_STATES).describe('`silent` only where the provider polls, as Entra does.'),
    reason: Words.extend({ code: z.string(), activity: z.string().nullable().describe('The entry that shows it.') }),
    since: Time.nullable(),
    lastContact: Time.nullable(),
    people: z.number().int(),
    groups: z.number().int(),
    problems: z.number().int().describe('Open problems.'),
    last24h: z.object({ ok: z.number().int(), failed: z.number().int() }),
  })
  .openapi('Health')
export type Health = z.infer<typeof Health>

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
