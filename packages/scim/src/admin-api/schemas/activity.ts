import { z } from '@hono/zod-openapi'
import { orNull, PageQuery, pageOf, Time, Words, WorkspaceParams } from './common.ts'
import { HistoryEntry } from './history.ts'

/** One SCIM request, or several equal polls. */
export const ActivityEntry = z
  .object({
    id: z.string(),
    at: Time,
    count: z.number().int().describe('How many equal requests it stands for.'),
    lastAt: Time,
    token: z.string().nullable().describe("The token's label."),
    client: z.string().nullable(),
    address: z.string().nullable(),
    method: z.string(),
    route: z.string(),
    status: z.number().int(),
    milliseconds: z.number(),
    problem: z.string().nullable(),
    detail: z.string().nullable(),
    fix: orNull(Words),
    groupId: z.string().nullable(),
    personId: z.string().nullable(),
    sentence: Words,
    effect: z.record(z.string(), z.unknown()).nullable().describe('What a write did.'),
    lookup: z.object({ filter: z.string().optional(), found: z.number().int() }).nullable(),
    rules: z.array(z.string()).describe('Dialect rules that reading the body needed.'),
    ignored: z.array(z.string()).describe('Attributes that were sent and passed over.'),
  })
  .openapi('ActivityEntry')
export type ActivityEntry = z.infer<typeof ActivityEntry>

export const ActivityPage = pageOf('ActivityPage', ActivityEntry)
export type ActivityPage = z.infer<typeof ActivityPage>

export const ACTIVITY_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export const ActivityQuery = PageQuery.extend({
  outcome: z.enum(['ok', 'failed']).optional(),
  method: z.enum(ACTIVITY_METHODS).optional(),
  person: z.string().max(1_024).optional().describe('An id, a former one, or a userName.'),
  group: z.string().max(1_024).optional().describe('An id, or a name, also of a group that is gone.'),
  token: z.string().max(200).optional().describe('Its id.'),
  problem: z.string().max(100).optional().describe('What it was refused for: the code of an error.'),
  from: Time.optional(),
  to: Time.optional(),
  since: z
    .string()
    .max(100)
    .optional()
    .describe('An entry’s id: answers what came after it, the oldest first, for following.'),
})

const Values = z
  .object({
    displayName: z.string().optional(),
    externalId: z.string().nullable().optional(),
    suspended: z.boolean().optional(),
    members: z.number().int().optional(),
  })
  .nullable()

/** What a request was answered with, as far as its entry tells. */
const Response = z
  .object({
    status: z.number().int(),
    headers: z
      .record(z.string(), z.string())
      .describe('`Location` and `ETag` of what was written, as the write left it; of a refusal, its own.'),
    carries: z.enum(['error', 'nothing', 'list', 'resource', 'discovery']),
    body: z.unknown().describe('Of a refusal, as it was sent. Bodies that carry resources are not kept: null.'),
    totalResults: z.number().int().nullable().describe('Of a list.'),
    resource: z
      .object({ id: z.string(), version: z.string().nullable() })
      .nullable()
      .describe('The one that the body carried. Of a read, by the id that was asked for, and without its version.'),
  })
  .openapi('ActivityResponse')
export type ActivityResponse = z.infer<typeof Response>

/** A request with all that is kept of it. */
export const ActivityDetail = ActivityEntry.extend({
  explanation: orNull(Words),
  dialectRules: z.array(z.object({ name: z.string(), description: Words })),
  before: Values,
  after: Values,
  attributes: z.array(z.string()).describe("Attributes of a person's record that it changed; values are not kept."),
  changes: z.array(HistoryEntry).describe('What it changed, as history tells it; the first 100.'),
  group: z.object({ id: z.string(), displayName: z.string().nullable() }).nullable().describe('As it is called now.'),
  person: z.object({ id: z.string(), displayName: z.string().nullable() }).nullable(),
  body: z.unknown().describe("The request's body, redacted."),
  response: Response,
  curl: z.string().describe('For a POSIX shell, with the token in $SCIM_TOKEN.'),
  curlNeedsBody: z
    .boolean()
    .describe('The body that was sent is not kept, or not as it was: `curl` reads it from the file body.json.'),
}).openapi('ActivityDetail')
export type ActivityDetail = z.infer<typeof ActivityDetail>

export const ActivityParams = WorkspaceParams.extend({ activity: z.string() })
