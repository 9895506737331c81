import type { Explanation, Membership, Person, PersonDetail } from '../../src/api/types.ts'
import { ago, both, NAMES } from './common.ts'
import { groups } from './groups.ts'

export const people: Person[] = NAMES.map((displayName, index) => ({
  id: `usr_${index}`,
  state: index === 5 ? 'pending' : 'account',
  suspended: index === 3,
  userName: `${displayName.toLowerCase().replace(' ', '.')}@globex.example`,
  displayName,
  emails:
    index === 5
      ? []
      : [{ value: `${displayName.toLowerCase().replace(' ', '.')}@globex.example`, verified: index !== 2 }],
}))

export function personOf(id: string): PersonDetail | undefined {
  const person = people.find((one) => one.id === id)
  if (!person) return undefined
  const { userName, displayName, emails } = person
  const record = { userName, active: false, name: { givenName: 'Ana', familyName: 'Lima' }, title: 'Engineer' }
  const view = { ...record, displayName, emails: emails.map(({ value }) => ({ value, primary: true })) }
  return {
    ...person,
    account: { userName, displayName, emails: emails.map((email) => ({ ...email, primary: true })) },
    record,
    view,
    groups: [],
  }
}

export const memberships: Membership[] = groups.slice(0, 3).map(({ id, displayName, externalId, managed }, index) => ({
  id,
  displayName,
  externalId,
  managed,
  state: index === 1 ? 'suspended' : 'effective',
}))

const turn = {
  position: 8,
  at: ago(8_000),
  actor: { kind: 'token', label: 'Entra, production' },
  request: 'act_1',
  operation: 1,
  kind: 'members_added',
  details: null,
} as const

export const explanation: Explanation = {
  status: 'suspended',
  sentence: both(
    '"Dora Nagy" is a member of "Engineering" since 2026-11-20 08:12 UTC, but not effective: suspended by `active: false` in request act_1 (token "Entra, production", 2026-11-24 09:02 UTC).',
    '„Dora Nagy“ ist Mitglied von „Engineering“ seit 20.11.2026, 08:12 UTC, aber nicht wirksam: gesperrt durch `active: false` in Anfrage act_1.',
  ),
  asked: { person: 'usr_3', group: 'grp_1' },
  person: { id: 'usr_3', displayName: 'Dora Nagy' },
  group: { id: 'grp_1', displayName: 'Engineering', externalId: null, createdAt: ago(9_000), deletedAt: null },
  member: true,
  effective: false,
  since: turn,
  until: null,
  resolved: null,
  suspended: { ...turn, kind: 'person_suspended' },
  accountRemoved: null,
  former: [],
  unknownIds: [],
}
