import { z } from '@hono/zod-openapi'
import { pageOf, Time } from './common.ts'

/** One call that wrote, or was refused. */
export const AuditEntry = z
  .object({
    id: z.string(),
    at: Time,
    workspace: z.string().nullable(),
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    address: z.string().nullable(),
    action: z.string().describe("The operation's id in the OpenAPI document, or what else was done."),
    target: z.string().nullable(),
    status: z
      .number()
      .int()
      .nullable()
      .describe('Null while it is being done, and for ever where the process ended in the midst of it.'),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('AuditEntry')
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = pageOf('AuditPage', AuditEntry)
export type AuditPage = z.infer<typeof AuditPage>
