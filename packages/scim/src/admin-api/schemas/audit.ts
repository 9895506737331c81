import { z } from '@hono/zod-openapi'
import { Flag, PageQuery, pageOf, Time } from './common.ts'

/** One call that wrote, or was refused, or the first of an hour's that read the same. */
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
    read: z.boolean().describe('Whether it tells of reads that were answered, from then on in that hour.'),
  })
  .openapi('AuditEntry')
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuery = PageQuery.extend({
  reads: Flag.optional().describe('Whether entries of reads are listed too; false unless told otherwise.'),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditPage = pageOf('AuditPage', AuditEntry)
export type AuditPage = z.infer<typeof AuditPage>
