import { z } from '@hono/zod-openapi'
import { GroupName, Time, Words, WorkspaceParams } from './common.ts'

/** A removal of many members that waits for an admin. */
export const Hold = z
  .object({
    id: z.string(),
    group: GroupName,
    state: z.enum(['held', 'let_through', 'turned_away', 'expired']),
    losses: z.number().int().describe('Effective memberships that the request would have ended.'),
    limit: z.number().int(),
    requests: z.number().int().describe('How many equal requests have joined it.'),
    token: z.string().nullable().describe("The token's label."),
    createdAt: Time,
    lastAt: Time,
    decidedAt: Time.nullable(),
    decidedBy: z.string().nullable(),
    until: Time.nullable().describe('How long what was decided holds.'),
    advice: Words.describe('What to press at the provider.'),
  })
  .openapi('Hold')
export type Hold = z.infer<typeof Hold>

export const Holds = z.object({ items: z.array(Hold) }).openapi('Holds')
export type Holds = z.infer<typeof Holds>

export const HoldParams = WorkspaceParams.extend({ hold: z.string() })
