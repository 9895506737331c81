import { z } from '@hono/zod-openapi'
import { GroupName, pageOf, Time, Words, WorkspaceParams } from './common.ts'

export const PROBLEM_CAUSES = [
  'member_unknown',
  'member_removed',
  'claim_ambiguous',
  'pending_name_taken',
  'token_expiring',
] as const

/** One thing that is open. */
export const ProblemExample = z
  .object({
    id: z.string().describe('Of the person or the token.'),
    name: z.string().nullable().describe('A userName, or a label of a token.'),
    at: Time.nullable().describe('Since when; of a token, its end.'),
    groups: z.array(GroupName).describe('Groups that name an unknown id.'),
    accounts: z.array(z.string()).describe('Accounts that could claim a pending person.'),
  })
  .openapi('ProblemExample')
export type ProblemExample = z.infer<typeof ProblemExample>

/** Open problems of one cause. */
export const ProblemGroup = z
  .object({
    cause: z.enum(PROBLEM_CAUSES),
    count: z.number().int(),
    title: Words,
    fix: Words,
    dismissible: z.boolean(),
    examples: z
      .array(ProblemExample)
      .describe('The first 50, each with 20 groups at the most; all are at the address of the cause.'),
  })
  .openapi('ProblemGroup')
export type ProblemGroup = z.infer<typeof ProblemGroup>

export const Problems = z.object({ items: z.array(ProblemGroup) }).openapi('Problems')
export type Problems = z.infer<typeof Problems>

export const CauseParams = WorkspaceParams.extend({ cause: z.enum(PROBLEM_CAUSES) })

export const ProblemPage = pageOf('ProblemPage', ProblemExample)
export type ProblemPage = z.infer<typeof ProblemPage>
