import { z } from '@hono/zod-openapi'
import { GroupName, PageQuery, pageOf, Time, Words, WorkspaceParams } from './common.ts'

export const HOLD_KINDS = ['members_removed', 'group_deleted', 'person_deleted'] as const

/** A removal of many members that waits for an admin. */
export const Hold = z
  .object({
    id: z.string(),
    group: GroupName,
    kinds: z.array(z.enum(HOLD_KINDS)).describe('Of each kind of request that asked for it, the latest first.'),
    state: z
      .enum(['held', 'let_through', 'turned_away', 'expired', 'applied', 'gone'])
      .describe(
        '`turned_away` lasts until it is let through. `expired`: let through 24 hours ago, or the guard was turned off. `applied`: an equal removal was. `gone`: the group is.',
      ),
    losses: z.number().int().describe('Effective memberships that the request would have ended.'),
    lostBefore: z.number().int().describe('What the group had lost in the ten minutes before.'),
    limit: z.number().int().describe('What the guard allowed.'),
    requests: z.number().int().describe('How many equal requests have joined it.'),
    request: z.string().nullable().describe('The activity entry of the last of them.'),
    token: z.string().describe("The token's label."),
    provider: z.string(),
    createdAt: Time,
    lastAt: Time,
    decidedAt: Time.nullable(),
    decidedBy: z.string().nullable(),
    admits: z.number().int().nullable().describe('Losses that are still admitted, while it is let through.'),
    until: Time.nullable().describe('Until when they are.'),
    advice: Words.describe('What to press at the provider.'),
  })
  .openapi('Hold')
export type Hold = z.infer<typeof Hold>

export const Holds = pageOf('Holds', Hold)
export type Holds = z.infer<typeof Holds>

export const HoldsQuery = PageQuery.extend({ state: z.enum(['held']).optional() })
export const HoldParams = WorkspaceParams.extend({ hold: z.string() })
