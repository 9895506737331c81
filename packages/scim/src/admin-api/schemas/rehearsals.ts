import { z } from '@hono/zod-openapi'
import { Words } from './common.ts'

export const RehearsalProviders = z
  .object({ items: z.array(z.object({ name: z.string(), title: z.string() })) })
  .openapi('RehearsalProviders')
export type RehearsalProviders = z.infer<typeof RehearsalProviders>

export const RehearsalOrder = z.strictObject({ provider: z.string().max(100) }).openapi('RehearsalOrder')
export type RehearsalOrder = z.infer<typeof RehearsalOrder>

/** How a provider's session went against this server, in a scratch workspace. */
export const Rehearsal = z
  .object({
    provider: z.string(),
    ok: z.boolean(),
    total: z.number().int(),
    stopped: z.string().nullable().describe('Why steps are missing at the end.'),
    milliseconds: z.number(),
    steps: z.array(
      z.object({
        number: z.number().int().describe('From 1; a session may send the same request several times.'),
        phase: Words,
        says: Words,
        request: z.string().describe('Method and path as sent.'),
        status: z.number().int().nullable(),
        ok: z.boolean(),
        problems: z.array(z.string()).describe('What did not hold, in English.'),
        detail: z.string().nullable(),
        milliseconds: z.number(),
      }),
    ),
  })
  .openapi('Rehearsal')
export type Rehearsal = z.infer<typeof Rehearsal>
export type RehearsalStep = Rehearsal['steps'][number]
