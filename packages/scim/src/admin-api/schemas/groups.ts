import { z } from '@hono/zod-openapi'
import { REASONS } from '../reasons.ts'
import { orNull, PageQuery, PersonName, pageOf, Text, Time, WorkspaceParams } from './common.ts'
import { GroupSubject } from './history.ts'
import { MemberState } from './people.ts'
import { Provider } from './tokens.ts'

export const Group = z
  .object({
    id: z.string(),
    displayName: z.string(),
    externalId: z.string().nullable(),
    version: z.number().int(),
    managed: z.boolean().describe('Whether a provider writes to it, so that host and admins may not.'),
    memberCount: z.number().int().describe('Of all members, effective or not.'),
    createdAt: Time,
    updatedAt: Time,
  })
  .openapi('Group')
export type Group = z.infer<typeof Group>

export const GroupPage = pageOf('GroupPage', Group)
export type GroupPage = z.infer<typeof GroupPage>

export const GroupsQuery = PageQuery.extend({
  search: Text.optional().describe('A part of the name, in any case.'),
})

const Ids = z.array(z.string().max(200)).max(100_000)

export const NewGroup = z.strictObject({ displayName: Text, members: Ids.optional() }).openapi('NewGroup')
export type NewGroup = z.infer<typeof NewGroup>

export const GroupChanges = z.strictObject({ displayName: Text }).openapi('GroupChanges')
export type GroupChanges = z.infer<typeof GroupChanges>

export const MemberChanges = z
  .strictObject({ add: Ids.optional(), remove: Ids.optional() })
  .refine(({ add, remove }) => add !== undefined || remove !== undefined, REASONS.delta.en)
  .openapi('MemberChanges')
export type MemberChanges = z.infer<typeof MemberChanges>

export const Member = z
  .object({
    id: z.string(),
    displayName: z.string().nullable().describe('Missing while nobody stands behind the id.'),
    userName: z.string().nullable(),
    state: MemberState,
  })
  .openapi('Member')
export type Member = z.infer<typeof Member>

export const MemberPage = pageOf('MemberPage', Member)
export type MemberPage = z.infer<typeof MemberPage>

export const MembersQuery = PageQuery.extend({ search: Text.optional() })

export const MembersAt = z
  .object({
    group: GroupSubject,
    count: z.number().int(),
    items: z.array(PersonName).describe('Named as they are now.'),
    next: z.string().nullable(),
  })
  .openapi('MembersAt')
export type MembersAt = z.infer<typeof MembersAt>

const Part = z.object({ count: z.number().int(), people: z.array(PersonName).describe('The first 100.') })

/** What a restore would do. */
export const RestorePreview = z
  .object({
    group: GroupSubject,
    version: z.number().int().describe("The group's, that the preview is of."),
    added: Part,
    removed: Part,
    missing: Part.describe('Members of then behind whose ids nobody stands any more: they are not added.'),
    pushedBy: orNull(Provider).describe(
      'Whose next push would win over what is restored, also where the group was released; null where no provider has it.',
    ),
    key: z.string().describe('Confirms the preview.'),
  })
  .openapi('RestorePreview')
export type RestorePreview = z.infer<typeof RestorePreview>

export const RestoreMoment = z.strictObject({ at: Time }).openapi('RestoreMoment')
export const RestoreOrder = z.strictObject({ at: Time, confirm: z.string() }).openapi('RestoreOrder')

export const Restored = z
  .object({ added: z.number().int(), removed: z.number().int(), version: z.number().int() })
  .openapi('Restored')
export type Restored = z.infer<typeof Restored>

/** The group as SCIM answers it, with its first members. */
export const RawGroup = z
  .object({
    resource: z.record(z.string(), z.unknown()),
    members: z.number().int().describe('Of all members; `resource` holds the first 1,000.'),
    location: z.string(),
    version: z.string().describe('The ETag.'),
  })
  .openapi('RawGroup')
export type RawGroup = z.infer<typeof RawGroup>

export const GroupParams = WorkspaceParams.extend({
  group: z.string().openapi({ example: 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV' }),
})
