import { z } from '@hono/zod-openapi'
import { PageQuery, Time } from './common.ts'
import { Actor, ChangeKind } from './history.ts'

/** A change with every membership that it touches, as that membership is now. */
export const Change = z
  .object({
    id: z.string(),
    kind: ChangeKind,
    at: Time,
    actor: Actor,
    request: z.string().nullable(),
    group: z.object({ id: z.string(), displayName: z.string(), externalId: z.string().nullable() }).nullable(),
    details: z.record(z.string(), z.string().nullable()).nullable(),
    memberships: z.array(z.object({ group: z.string(), person: z.string(), effective: z.boolean() })),
    complete: z.boolean().describe('Whether nothing of this change comes after.'),
  })
  .openapi('Change')
export type Change = z.infer<typeof Change>

/** A part of the feed; `position` is for the next call, also where nothing new has happened. */
export const ChangeFeed = z
  .object({ changes: z.array(Change), position: z.string(), more: z.boolean() })
  .openapi('ChangeFeed')
export type ChangeFeed = z.infer<typeof ChangeFeed>

export const ChangesQuery = PageQuery.extend({
  after: z.string().max(100).optional().describe('A position; `end` for where the feed ends now.'),
})
