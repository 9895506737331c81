import { z } from '@hono/zod-openapi'

/** What is wrong with one place of a request. */
export const ProblemPart = z
  .object({
    path: z.string().describe('Where: a path of a body, such as `people[3].userName`, or a parameter.'),
    reason: z.string(),
  })
  .openapi('ProblemPart')
export type ProblemPart = z.infer<typeof ProblemPart>

/** Why a request was refused (RFC 9457). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    language: z.enum(['en', 'de']).describe('Of the detail: some reasons are there in English alone.'),
    code: z.string(),
    fix: z.string().optional().describe('What to do about it.'),
    request: z.string().optional().describe('The entry of the audit trail, `aud_…`, where there is one.'),
    problems: z.array(ProblemPart).optional().describe('The first 100.'),
    count: z.number().int().optional().describe('Of all that `problems` would name.'),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>
