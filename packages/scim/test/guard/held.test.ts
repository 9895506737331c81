import { expect, test } from 'vitest'
import type { Client } from '../people/support.ts'
import { changeGuard, expectHeld, holds, MINUTE, onlyHold, openGuarded, people } from './support.ts'

type Attempt = (client: Client, group: string, members: readonly string[]) => ReturnType<Client['send']>

const refs = (ids: readonly string[]) => ids.map((value) => ({ value }))

/** Each takes four of five members, or more, from the group. */
const REMOVALS: Readonly<Record<string, Attempt>> = {
  PUT: (client, group, [first = '']) =>
    client.put(`/Groups/${group}`, { displayName: 'Staff', members: refs([first]) }),
  'PUT of nobody': (client, group) => client.put(`/Groups/${group}`, { displayName: 'Staff', members: [] }),
  'PUT on the collection': (client, _, [first = '']) =>
    client.put('/Groups', { displayName: 'Staff', members: refs([first]) }),
  'PATCH replace': (client, group, [first = '']) =>
    client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'members', value: refs([first]) }]),
  'PATCH remove of some': (client, group, [, ...others]) =>
    client.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members', value: refs(others) }]),
  'PATCH remove of all': (client, group) => client.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members' }]),
  'PATCH remove by filter': (client, group) =>
    client.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members[display sw "usr"]' }]),
  'PATCH in several steps': (client, group, [first = '']) =>
    client.patch(`/Groups/${group}`, [
      { op: 'remove', path: 'members[display sw "usr"]' },
      { op: 'add', path: 'members', value: refs([first]) },
    ]),
  'PATCH with a rename beside': (client, group, [, ...others]) =>
    client.patch(`/Groups/${group}`, [
      { op: 'replace', path: 'displayName', value: 'Renamed' },
      { op: 'remove', path: 'members', value: refs(others) },
    ]),
  'DELETE of the group': (client, group) => client.delete(`/Groups/${group}`),
}

test.each(Object.entries(REMOVALS))('%s over the limit: nothing is applied', async (_, attempt) => {
  const client = await openGuarded(3)
  const members = await people(client, 5)
  const group = await client.group('Staff', ...members)
  const before = await client.get(`/Groups/${group}`)
  const position = await client.scim.changes.end('acme')
  expectHeld(await attempt(client, group, members), (await holds(client))[0]?.id)
  const after = await client.get(`/Groups/${group}`)
  expect(after.body).toEqual(before.body)
  expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  expect((await client.scim.changes.read('acme', { after: position })).changes).toEqual([])
  expect(await onlyHold(client)).toMatchObject({ group: { id: group, displayName: 'Staff' }, state: 'open', count: 1 })
})

test.each(Object.entries(REMOVALS))('%s within the limit is applied', async (_, attempt) => {
  const client = await openGuarded(5)
  const members = await people(client, 5)
  const group = await client.group('Staff', ...members)
  expect((await attempt(client, group, members)).status).toBeLessThan(300)
  expect(await holds(client)).toEqual([])
})

test.each(Object.entries(REMOVALS))('%s is applied while the guard is off', async (_, attempt) => {
  const client = await openGuarded(3)
  await changeGuard(client, { on: false })
  const members = await people(client, 5)
  const group = await client.group('Staff', ...members)
  expect((await attempt(client, group, members)).status).toBeLessThan(300)
  expect(await holds(client)).toEqual([])
})

test('deleting people: a group that has lost enough holds the next, and the person stays as they are', async () => {
  const client = await openGuarded(2)
  const [a = '', b = '', c = '', d = ''] = await people(client, 4)
  const group = await client.group('Staff', a, b, c, d)
  await client.group('Other', c)
  await client.patch(`/Users/${c}`, [{ op: 'replace', path: 'displayName', value: 'Cleo' }])
  for (const id of [a, b]) expect((await client.delete(`/Users/${id}`)).status).toBe(204)
  const before = (await client.get(`/Users/${c}`)).body
  expectHeld(await client.delete(`/Users/${c}`))
  expect((await client.get(`/Users/${c}`)).body).toEqual(before)
  expect(await client.members(group)).toEqual([c, d])
  expect(await onlyHold(client)).toMatchObject({
    group: { id: group },
    kinds: ['person_deleted'],
    losses: 1,
    lostBefore: 2,
    limit: 2,
  })
  expectHeld(await client.delete(`/Users/${d}`))
  expect(await holds(client)).toHaveLength(2)
})

test('deleting a person is held for every group that has lost enough, and each is named', async () => {
  const client = await openGuarded(1)
  const [a = '', b = ''] = await people(client, 2)
  const groups = [await client.group('One', a, b), await client.group('Two', a, b), await client.group('Three', b)]
  expect((await client.delete(`/Users/${a}`)).status).toBe(204)
  const { body, status } = await client.delete(`/Users/${b}`)
  expect(status).toBe(503)
  const all = await holds(client)
  expect(all.map(({ group }) => group.id).sort()).toEqual(groups.slice(0, 2).sort())
  for (const { id } of all) expect(body.detail).toContain(id)
  expect(await client.members(groups[2] ?? '')).toEqual([b])
  // One of two let through is not enough, and uses nothing up.
  await client.scim.holds.letThrough('acme', all[0]?.id ?? '')
  expectHeld(await client.delete(`/Users/${b}`))
  expect((await holds(client)).find(({ id }) => id === all[0]?.id)?.admits?.losses).toBe(1)
  await client.scim.holds.letThrough('acme', all[1]?.id ?? '')
  expect((await client.delete(`/Users/${b}`)).status).toBe(204)
})

test('small removals add up, and count for ten minutes', async () => {
  const client = await openGuarded(4)
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await people(client, 6)
  const group = await client.group('Staff', a, b, c, d, e, f)
  const start = client.clock.now
  expect((await client.removeMembers(group, a, b)).status).toBe(204)
  client.clock.now = start + 5 * MINUTE
  expect((await client.removeMembers(group, c, d)).status).toBe(204)
  client.clock.now = start + 10 * MINUTE - 1
  expectHeld(await client.removeMembers(group, e))
  expect(await onlyHold(client)).toMatchObject({ losses: 1, lostBefore: 4, limit: 4 })
  // The first two are over, the second two are not.
  client.clock.now = start + 10 * MINUTE
  expect((await client.removeMembers(group, e)).status).toBe(204)
  expect((await client.removeMembers(group, f)).status).toBe(204)
  expect(await client.members(group)).toEqual([])
})

test('other groups and workspaces have their own account', async () => {
  const client = await openGuarded(2)
  const members = await people(client, 4)
  const groups = [await client.group('One', ...members), await client.group('Two', ...members)]
  const [one = '', two = ''] = groups
  expect((await client.removeMembers(one, ...members.slice(0, 2))).status).toBe(204)
  expectHeld(await client.removeMembers(one, ...members.slice(2)))
  expect((await client.removeMembers(two, ...members.slice(0, 2))).status).toBe(204)
  expect(await client.members(one)).toEqual(members.slice(2))
  // A group that was created again begins anew.
  client.clock.now += 10 * MINUTE
  expect((await client.delete(`/Groups/${one}`)).status).toBe(204)
  const again = await client.group('One', ...members)
  expect((await client.removeMembers(again, ...members.slice(0, 2))).status).toBe(204)
})

test('only effective memberships count: none that are pending, suspended or unresolved, as they were then', async () => {
  const client = await openGuarded(2, { unknownUsers: 'pending' })
  const [a = '', b = '', c = '', d = '', e = ''] = await people(client, 5)
  const pending = await client.pending('pat@acme.example')
  const suspend = (id: string, active: boolean) =>
    client.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: active }])
  await suspend(a, false)
  const group = await client.group('Staff', a, b, c, d, e, pending, 'usr_nobody')
  expect((await client.removeMembers(group, a, pending, 'usr_nobody', 'usr_stranger', b)).status).toBe(204)
  // Whoever counts or not afterwards: what was lost stays lost, and what was not stays so.
  await suspend(a, true)
  await suspend(b, false)
  await client.upsert({ id: 'usr_nobody', userName: 'nobody' })
  expect((await client.removeMembers(group, c)).status).toBe(204)
  expectHeld(await client.removeMembers(group, d))
  expect(await onlyHold(client)).toMatchObject({ losses: 1, lostBefore: 2 })
  await suspend(d, false)
  expect((await client.removeMembers(group, d)).status).toBe(204)
  expectHeld(await client.delete(`/Users/${e}`))
  await suspend(e, false)
  expect((await client.delete(`/Users/${e}`)).status).toBe(204)
})

test('where the workspace ignores suspension, suspended memberships count', async () => {
  const client = await openGuarded(1, { suspended: 'ignore' })
  const [a = '', b = ''] = await people(client, 2)
  const group = await client.group('Staff', a, b)
  await client.patch(`/Users/${a}`, [{ op: 'replace', path: 'active', value: false }])
  expectHeld(await client.removeMembers(group, a, b))
})

test('suspension is never held, however many it is of', async () => {
  const client = await openGuarded(1)
  const members = await people(client, 4)
  const group = await client.group('Staff', ...members)
  for (const id of members) {
    const { status } = await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: 'False' }])
    expect(status).toBe(200)
  }
  expect(Object.values(await client.states(group))).toEqual(members.map(() => 'suspended'))
  expect(await holds(client)).toEqual([])
})

test('host and admins are not held, and what they remove is not counted', async () => {
  const client = await openGuarded(2)
  const members = await people(client, 6)
  const { scim } = client
  const { id } = await scim.groups.create('acme', { displayName: 'Local', members })
  await scim.groups.remove('acme', id, members.slice(0, 3))
  await scim.groups.remove('acme', id, members.slice(3, 4), { admin: 'Ana' })
  await scim.people.remove('acme', members.slice(0, 1))
  expect((await client.removeMembers(id, ...members.slice(4))).status).toBe(204)
  expect(await holds(client)).toEqual([])
})

test('what a request takes and gives back is no loss', async () => {
  const client = await openGuarded(1)
  const [a = '', b = '', c = ''] = await people(client, 3)
  const group = await client.group('Staff', a, b)
  const { status } = await client.patch(`/Groups/${group}`, [
    { op: 'remove', path: 'members[display sw "usr"]' },
    { op: 'add', path: 'members', value: refs([a, b, c]) },
  ])
  expect(status).toBe(204)
  expect(await client.members(group)).toEqual([a, b, c])
  expect((await client.removeMembers(group, c)).status).toBe(204)
})

test('the request is in the activity with its problem, and the hold names it', async () => {
  const client = await openGuarded(1)
  const members = await people(client, 3)
  const group = await client.group('Staff', ...members)
  const { body } = await client.removeMembers(group, ...members)
  const [entry] = await client.scim.activity.list('acme', { failed: true })
  expect(entry).toMatchObject({ status: 503, problem: 'removal_held', groupId: group, effect: null })
  expect(entry?.fix).toMatch(/let the hold through/)
  expect(await onlyHold(client)).toMatchObject({ request: entry?.id, token: 'Entra', provider: 'other' })
  expect(body.detail).toContain(entry?.id)
})

test('a precondition and an unknown group are told before the guard asks', async () => {
  const client = await openGuarded(1)
  const members = await people(client, 3)
  const group = await client.group('Staff', ...members)
  const body = { displayName: 'Staff', members: [] }
  expect((await client.put(`/Groups/${group}`, body, { 'if-match': 'W/"9"' })).status).toBe(412)
  expect(await holds(client)).toEqual([])
})
