import type { Group, Member, Page, RawGroup } from '../../src/api/types.ts'
import { ago, NAMES, SCIM } from './common.ts'

export const groups: Group[] = [
  'Engineering',
  'Sales',
  'Everybody at Globex Corporation and its subsidiaries',
  'On call',
].map((displayName, index) => ({
  id: `grp_${index + 1}`,
  displayName,
  externalId: index === 3 ? null : `8f3a1c7e-0000-4b2e-9d3c-${index}`,
  version: 12,
  managed: index !== 3,
  memberCount: [1_204, 87, 100_000, 0][index] ?? 0,
  createdAt: ago(90_000),
  updatedAt: ago(60 * (index + 1)),
}))

const STATES = [
  'effective',
  'effective',
  'effective',
  'suspended',
  'effective',
  'pending',
  'effective',
  'unresolved',
] as const

/** A page of a group of 100,000. */
export function membersAfter(after: number): Page<Member> {
  const items = Array.from({ length: 100 }, (_, index) => {
    const number = after + index
    const state = STATES[number % 8] ?? 'effective'
    const name = state === 'unresolved' ? null : `${NAMES[number % 8]} ${number}`
    return { id: `usr_${number}`, displayName: name, userName: name && `person${number}@globex.example`, state }
  })
  return { items, next: after + 100 < 100_000 ? String(after + 100) : null }
}

export const scim: RawGroup = {
  resource: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: 'grp_1',
    displayName: 'Engineering',
    members: [{ value: 'usr_0', display: 'Ana Lima' }],
  },
  members: 1_204,
  location: `${SCIM}/Groups/grp_1`,
  version: 'W/"12"',
}

export const incarnations = [
  {
    id: 'grp_0',
    displayName: 'Engineering',
    externalId: null,
    createdAt: ago(99_000),
    deletedAt: ago(95_000),
    sameName: true,
    sameExternalId: false,
  },
]
