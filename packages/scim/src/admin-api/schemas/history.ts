import { z } from '@hono/zod-openapi'
import { GroupName, orNull, PersonName, pageOf, Time, Words, WorkspaceParams } from './common.ts'

/** A group that there is or was. */
export const GroupSubject = z
  .object({
    id: z.string(),
    displayName: z.string(),
    externalId: z.string().nullable(),
    createdAt: Time,
    deletedAt: Time.nullable(),
  })
  .openapi('GroupSubject')
export type GroupSubject = z.infer<typeof GroupSubject>

export const ACTORS = ['token', 'admin', 'host', 'system'] as const
export const Actor = z
  .object({ kind: z.enum(ACTORS), label: z.string().describe("A token's label, or a name.") })
  .openapi('Actor')
export type Actor = z.infer<typeof Actor>

const cause = {
  position: z.number().int(),
  at: Time,
  actor: Actor,
  request: z.string().nullable().describe('The activity entry, `act_…`, of the SCIM request behind it.'),
  operation: z.number().int().nullable().describe('Of the request, counted from 1.'),
}
const Details = z.record(z.string(), z.string().nullable()).nullable()

export const CHANGE_KINDS = [
  'group_created',
  'group_renamed',
  'group_external_id_changed',
  'group_deleted',
  'members_added',
  'members_removed',
  'members_resolved',
  'person_suspended',
  'person_resumed',
  'person_claimed',
  'person_removed',
  'group_released',
  'suspension_policy_changed',
  'unresolved_dismissed',
] as const
export const ChangeKind = z.enum(CHANGE_KINDS).openapi('ChangeKind')

/** A change, as history tells it. */
export const HistoryEntry = z
  .object({
    ...cause,
    id: z.string(),
    kind: ChangeKind,
    group: orNull(GroupName).describe('As it was called then.'),
    details: Details,
    people: z.array(PersonName).describe('The first of them.'),
    peopleCount: z.number().int(),
  })
  .openapi('HistoryEntry')
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const GroupHistory = z
  .object({
    group: GroupSubject,
    incarnations: z
      .array(GroupSubject.extend({ sameName: z.boolean(), sameExternalId: z.boolean() }))
      .describe('Other groups of the same name or externalId, there or gone.'),
    items: z.array(HistoryEntry),
    next: z.string().nullable(),
  })
  .openapi('GroupHistory')
export type GroupHistory = z.infer<typeof GroupHistory>

export const PersonHistory = z
  .object({ person: PersonName, items: z.array(HistoryEntry), next: z.string().nullable() })
  .openapi('PersonHistory')
export type PersonHistory = z.infer<typeof PersonHistory>

export const PersonNamePage = pageOf('PersonNamePage', PersonName)
export type PersonNamePage = z.infer<typeof PersonNamePage>

export const PositionParams = WorkspaceParams.extend({
  position: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .openapi({ type: 'integer' }),
})

export const Turn = z.object({ ...cause, kind: ChangeKind, details: Details }).openapi('Turn')
export type Turn = z.infer<typeof Turn>

/** Why somebody is, or is not, an effective member of a group. */
export const Explanation = z
  .object({
    status: z.enum([
      'effective',
      'effective_resolved',
      'suspended',
      'suspended_by_claim',
      'pending',
      'unresolved',
      'account_removed',
      'unrecorded',
      'removed',
      'removed_by_restore',
      'group_deleted',
      'person_deleted',
      'person_erased',
      'former_deleted',
      'former_removed',
      'never',
      'never_unknown',
      'never_unknown_local',
      'person_unknown',
      'group_unknown',
    ]),
    sentence: Words,
    asked: z.object({ person: z.string(), group: z.string() }),
    person: orNull(PersonName),
    group: orNull(GroupSubject),
    member: z.boolean().describe('Whether SCIM shows the membership.'),
    effective: z.boolean().describe('Whether the host application sees it.'),
    since: orNull(Turn),
    until: orNull(Turn),
    resolved: orNull(Turn),
    suspended: orNull(Turn),
    accountRemoved: orNull(Turn),
    former: z.array(
      z.object({
        group: GroupSubject,
        sameName: z.boolean(),
        sameExternalId: z.boolean(),
        since: orNull(Turn),
        until: orNull(Turn),
      }),
    ),
    unknownIds: z.array(z.object({ id: z.string(), at: Time, request: z.string().nullable() })),
  })
  .openapi('Explanation')
export type Explanation = z.infer<typeof Explanation>
