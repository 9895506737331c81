import { expect } from 'vitest'
import type { AdminApi } from './operator.ts'
import { provider } from './provider.ts'
import type { Running } from './service.ts'

const PEOPLE = 30
/** Effective memberships of one group that may go without anybody asking. */
const LIMIT = 3

/** A workspace in which every page has something to show. */
export interface Furnished {
  readonly idp: ReturnType<typeof provider>
  readonly people: readonly string[]
  /** Of the provider, with all people in it, and a removal of them held. */
  readonly group: string
  /** Of the admins. */
  readonly own: string
  /** The activity entry of a request that was refused. */
  readonly refused: string
}

export async function furnish(api: AdminApi, service: Running): Promise<Furnished> {
  await api('POST', '/workspaces', { slug: 'acme', name: 'Acme', scim: true, guard: { on: true, limit: LIMIT } })
  const people = Array.from({ length: PEOPLE }, (_, index) => ({
    userName: `person${index}@acme.example`,
    displayName: `Person ${index}`,
    emails: [{ value: `person${index}@acme.example`, verified: true }],
  }))
  const { ids } = await api('POST', '/workspaces/acme/people/bulk', { people })
  const { text } = await api('POST', '/workspaces/acme/tokens', { label: 'Entra', provider: 'entra' })
  const idp = provider(`${service.url}/api/auth/scim/v2`, text)
  const group = await idp.createGroup('Engineering')
  await idp.add(group, [...ids, 'usr_nobody'])
  expect((await idp.newGroup('Engineering')).status).toBe(409)
  expect((await idp.removeAll(group)).status).toBe(503)
  const { id: own } = await api('POST', '/workspaces/acme/groups', { displayName: 'On call', members: ids.slice(0, 2) })
  await api('POST', '/workspaces/acme/setup-links', { provider: 'okta', note: 'Ines' })
  await api('POST', '/workspaces/acme/keys', { name: 'Host', scopes: ['people:read'], expiresAt: null })
  await api('POST', '/workspaces/acme/admins', { email: 'wanda@acme.example' })
  await api('POST', '/admins', { email: 'otto@optimaite.example' })
  const { items } = await api('GET', '/workspaces/acme/activity?outcome=failed&method=POST')
  return { idp, people: ids, group, own, refused: items[0].id }
}
