import { z } from '@hono/zod-openapi'
import { GroupName, PageQuery, pageOf, Time, WorkspaceParams } from './common.ts'

export const Email = z.object({ value: z.string(), verified: z.boolean() }).openapi('Email')

/** A person of a workspace, as SCIM shows them. */
export const Person = z
  .object({
    id: z.string(),
    state: z.enum(['account', 'pending']),
    suspended: z.boolean(),
    userName: z.string(),
    displayName: z.string(),
    emails: z.array(Email).describe("The account's own; empty for a pending person."),
  })
  .openapi('Person')
export type Person = z.infer<typeof Person>

export const PersonPage = pageOf('PersonPage', Person)
export type PersonPage = z.infer<typeof PersonPage>

/** A person with all that is known. */
export const PersonDetail = Person.extend({
  account: z
    .object({
      userName: z.string(),
      displayName: z.string().nullable(),
      emails: z.array(Email.extend({ primary: z.boolean() })),
    })
    .nullable()
    .describe('As the host application gave it; of a pending person there is none.'),
  record: z.record(z.string(), z.unknown()).describe('What the provider wrote.'),
  view: z.record(z.string(), z.unknown()).describe('The account overlaid by the record.'),
  groups: z.array(GroupName).describe('Groups that the person is a member of, effective or not.'),
}).openapi('PersonDetail')
export type PersonDetail = z.infer<typeof PersonDetail>

export const PEOPLE_STATES = ['account', 'pending', 'suspended'] as const
export const PeopleQuery = PageQuery.extend({
  search: z.string().max(1_024).optional().describe('A part of the userName or the display name, in any case.'),
  state: z.enum(PEOPLE_STATES).optional(),
})

/** An account as the host application gives it. Each row is checked by itself, and every one that is wrong is named. */
export const HostPerson = z
  .strictObject({
    id: z.string().optional().describe('`usr_` and 1–40 letters or digits. Without, by userName.'),
    userName: z.string(),
    displayName: z.string().nullable().optional(),
    emails: z
      .array(z.strictObject({ value: z.string(), verified: z.boolean().optional(), primary: z.boolean().optional() }))
      .nullable()
      .optional(),
  })
  .openapi('HostPerson')
export type HostPerson = z.infer<typeof HostPerson>

export const PersonChanges = HostPerson.omit({ id: true }).partial().openapi('PersonChanges')
export type PersonChanges = z.infer<typeof PersonChanges>

/** People of one call at the most. */
export const BULK = 10_000

export const BulkPeople = z
  .strictObject({
    people: z.array(HostPerson).max(BULK),
    atomic: z.boolean().optional().describe('All in one transaction, or none.'),
  })
  .openapi('BulkPeople')
export type BulkPeople = z.infer<typeof BulkPeople>

export const Upserted = z
  .object({
    ids: z.array(z.string()).describe('In the order of the people given.'),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
  })
  .openapi('Upserted')
export type Upserted = z.infer<typeof Upserted>

/** Accounts of one reconciliation at the most. */
export const RECONCILED = 200_000

export const ReconcilePeople = z
  .strictObject({
    people: z.array(HostPerson).max(RECONCILED).describe('All accounts that the workspace is to have.'),
    confirm: z.string().optional().describe('The `key` of the preview; without, nothing is changed.'),
  })
  .openapi('ReconcilePeople')
export type ReconcilePeople = z.infer<typeof ReconcilePeople>

const Named = z.object({ id: z.string().nullable(), userName: z.string() })

export const Reconciliation = z
  .object({
    key: z.string(),
    add: z.array(Named),
    change: z.array(Named),
    remove: z.array(Named),
    unchanged: z.number().int(),
    done: z.boolean().describe('Whether it has been done, rather than only looked at.'),
  })
  .openapi('Reconciliation')
export type Reconciliation = z.infer<typeof Reconciliation>

export const MEMBER_STATES = ['effective', 'suspended', 'pending', 'unresolved'] as const
export const MemberState = z.enum(MEMBER_STATES).openapi('MemberState')
export type MemberState = z.infer<typeof MemberState>

const NamedGroup = GroupName.extend({ externalId: z.string().nullable() })

/** All memberships of a person, each with its state. */
export const Memberships = z
  .object({
    items: z.array(
      NamedGroup.extend({
        managed: z.boolean().describe('Whether a provider writes to the group.'),
        state: MemberState,
      }),
    ),
  })
  .openapi('Memberships')
export type Memberships = z.infer<typeof Memberships>
export type Membership = Memberships['items'][number]

/** Groups that a person is effectively in. */
export const EffectiveGroups = z.object({ items: z.array(NamedGroup) }).openapi('EffectiveGroups')
export type EffectiveGroups = z.infer<typeof EffectiveGroups>

export const Erased = z
  .object({
    id: z.string().nullable().describe('What history goes on naming the person by.'),
    groups: z.number().int(),
    activity: z.number().int().describe('Activity entries whose texts were replaced.'),
  })
  .openapi('Erased')
export type Erased = z.infer<typeof Erased>

export const PersonParams = WorkspaceParams.extend({ person: z.string().openapi({ example: 'usr_ana' }) })
export const ExplainQuery = z.strictObject({ group: z.string().min(1).describe('Id or name.') })
export const AtQuery = PageQuery.extend({ at: Time })
