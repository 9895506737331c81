import { expect, test } from 'vitest'
import type { Client } from '../people/support.ts'
import { addWorkspace } from '../people/support.ts'
import { asProvider, expectHeld, HOUR, holds, MINUTE, onlyHold, openGuarded, people } from './support.ts'

interface Held {
  readonly client: Client
  readonly group: string
  readonly members: readonly string[]
  readonly hold: string
}

/** A group of ten of whom four are held, with a limit of two. */
async function held(): Promise<Held> {
  const client = await openGuarded(2)
  const members = await people(client, 10)
  const group = await client.group('Staff', ...members)
  expectHeld(await client.removeMembers(group, ...members.slice(0, 4)))
  return { client, group, members, hold: (await onlyHold(client)).id }
}

test('equal requests join one hold, in whatever form they come', async () => {
  const { client, group, members, hold } = await held()
  const first = client.clock.now
  client.clock.now += 20 * MINUTE
  const left = members.slice(4).map((value) => ({ value }))
  expectHeld(await client.removeMembers(group, ...members.slice(0, 4).reverse()), hold)
  expectHeld(await client.put(`/Groups/${group}`, { displayName: 'Staff', members: left }), hold)
  expect(await onlyHold(client)).toMatchObject({ id: hold, count: 3, firstAt: first, lastAt: client.clock.now })
  // One person more or less is another removal.
  expectHeld(await client.removeMembers(group, ...members.slice(0, 5)))
  expectHeld(await client.removeMembers(group, ...members.slice(1, 5)))
  expect((await holds(client)).map(({ count, losses }) => [count, losses])).toEqual([
    [1, 4],
    [1, 5],
    [3, 4],
  ])
})

test('a hold names each kind of request that has joined it, the latest first', async () => {
  const { client, group } = await held()
  const empty = () => client.put(`/Groups/${group}`, { displayName: 'Staff', members: [] })
  expectHeld(await empty())
  const kinds = async () => (await holds(client))[0]?.kinds
  expect(await kinds()).toEqual(['members_removed'])
  expectHeld(await client.delete(`/Groups/${group}`))
  expect(await kinds()).toEqual(['group_deleted', 'members_removed'])
  expectHeld(await empty())
  expectHeld(await empty())
  expect(await kinds()).toEqual(['members_removed', 'group_deleted'])
})

test('let through applies nothing by itself, and admits the shown losses of that group, no more', async () => {
  const { client, group, members, hold } = await held()
  const other = await client.group('Other', ...members)
  const { hold: let_through } = await client.scim.holds.letThrough('acme', hold, { admin: 'Ana' })
  expect(let_through).toMatchObject({ state: 'let_through', decidedBy: 'Ana', decidedAt: client.clock.now })
  expect(let_through.admits).toEqual({ losses: 4, until: client.clock.now + 24 * HOUR })
  expect(await client.members(group)).toHaveLength(10)
  client.clock.now += HOUR
  expectHeld(await client.removeMembers(group, ...members.slice(0, 5)))
  expectHeld(await client.removeMembers(other, ...members.slice(0, 4)))
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(204)
  expect((await holds(client)).find(({ id }) => id === hold)).toMatchObject({ state: 'applied', admits: null })
  // Used up, and what was admitted counts as lost.
  expectHeld(await client.removeMembers(group, members[4] ?? ''))
  client.clock.now += 10 * MINUTE
  expect((await client.removeMembers(group, members[4] ?? '')).status).toBe(204)
})

test('what was let through may come in several requests', async () => {
  const { client, group, members, hold } = await held()
  await client.scim.holds.letThrough('acme', hold)
  // Within the limit it needs no admission.
  expect((await client.removeMembers(group, ...members.slice(0, 2))).status).toBe(204)
  expect((await onlyHold(client)).admits?.losses).toBe(4)
  expect((await client.removeMembers(group, ...members.slice(2, 5))).status).toBe(204)
  expect((await onlyHold(client)).admits?.losses).toBe(1)
  expectHeld(await client.removeMembers(group, ...members.slice(5, 7)))
  expect((await client.removeMembers(group, ...members.slice(5, 6))).status).toBe(204)
  expectHeld(await client.removeMembers(group, ...members.slice(6, 7)))
  expect(await client.members(group)).toHaveLength(4)
})

test('two holds that are let through add up', async () => {
  const { client, group, members, hold } = await held()
  expectHeld(await client.removeMembers(group, ...members.slice(4, 7)))
  for (const { id } of await holds(client)) await client.scim.holds.letThrough('acme', id)
  expect((await client.removeMembers(group, ...members.slice(0, 6))).status).toBe(204)
  const [second, first] = await holds(client)
  expect(first).toMatchObject({ id: hold, state: 'applied' })
  expect(second?.admits?.losses).toBe(1)
})

test('it ends after 24 hours, and an equal request opens the hold again', async () => {
  const { client, group, members, hold } = await held()
  await client.scim.holds.letThrough('acme', hold)
  client.clock.now += 24 * HOUR
  expect(await onlyHold(client)).toMatchObject({ state: 'expired', admits: null })
  expectHeld(await client.removeMembers(group, ...members.slice(0, 4)), hold)
  expect(await onlyHold(client)).toMatchObject({ state: 'open', count: 2, decidedBy: null, decidedAt: null })
  await client.scim.holds.letThrough('acme', hold)
  client.clock.now += 24 * HOUR - 1
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(204)
})

test('pressed twice it admits once', async () => {
  const { client, group, members, hold } = await held()
  await client.scim.holds.letThrough('acme', hold)
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(204)
  client.clock.now += MINUTE
  const { hold: again } = await client.scim.holds.letThrough('acme', hold)
  expect(again).toMatchObject({ state: 'applied', admits: null, decidedAt: client.clock.now - MINUTE })
  await client.addMembers(group, ...members.slice(0, 4))
  expectHeld(await client.removeMembers(group, ...members.slice(0, 4)), hold)
  expect(await onlyHold(client)).toMatchObject({ state: 'open' })
})

test('turned away: equal requests are refused with 403, others as before', async () => {
  const { client, group, members, hold } = await held()
  expect(await client.scim.holds.turnAway('acme', hold, { admin: 'Ana' })).toMatchObject({
    state: 'turned_away',
    decidedBy: 'Ana',
  })
  const refused = await client.removeMembers(group, ...members.slice(0, 4))
  expect(refused.status).toBe(403)
  expect(refused.body.detail).toContain(hold)
  expect(refused.headers.get('retry-after')).toBeNull()
  expect(await client.members(group)).toHaveLength(10)
  expect(await onlyHold(client)).toMatchObject({ state: 'turned_away', count: 2, decidedBy: 'Ana' })
  expectHeld(await client.removeMembers(group, ...members.slice(0, 5)))
  expect((await client.removeMembers(group, members[9] ?? '')).status).toBe(204)
})

test('turned away stays so where the guard allows as much now, until it is let through after all', async () => {
  const { client, group, members, hold } = await held()
  await client.scim.holds.turnAway('acme', hold)
  await client.scim.workspaces.change('acme', { guard: { limit: 50 } })
  client.clock.now += 48 * HOUR
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(403)
  await client.scim.holds.letThrough('acme', hold)
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(204)
})

test('let through, then turned away: nothing is admitted any more', async () => {
  const { client, group, members, hold } = await held()
  await client.scim.holds.letThrough('acme', hold)
  await client.scim.holds.turnAway('acme', hold)
  expect((await client.removeMembers(group, ...members.slice(0, 4))).status).toBe(403)
  expectHeld(await client.removeMembers(group, ...members.slice(1, 5)))
})

test.each([
  ['entra', /next cycle.*Provision on demand.*"Staff"/, /nächsten Zyklus.*Provision on demand.*„Staff“/],
  ['okta', /Push Groups and press Retry.*"Staff"/, /Push Groups.*Retry.*„Staff“/],
  ['okta-wizard', /Push Groups and press Retry/, /Push Groups.*Retry/],
  ['onelogin', /^OneLogin sends it again/, /^OneLogin sendet es/],
  ['other', /^The identity provider sends it again/, /^Der Identity-Provider sendet es/],
] as const)('let through says what to press at %s', async (provider, en, de) => {
  const client = await asProvider(await openGuarded(1), provider)
  const members = await people(client, 2)
  const group = await client.group('Staff', ...members)
  expectHeld(await client.removeMembers(group, ...members))
  const { hold, press } = await client.scim.holds.letThrough('acme', (await onlyHold(client)).id)
  expect(hold).toMatchObject({ provider, token: provider })
  expect(press.en).toMatch(en)
  expect(press.de).toMatch(de)
})

test('a hold of another workspace is unknown', async () => {
  const { client, hold } = await held()
  const other = await addWorkspace(client, 'other')
  expect(await holds(other)).toEqual([])
  for (const decide of [other.scim.holds.letThrough, other.scim.holds.turnAway])
    await expect(decide('other', hold)).rejects.toMatchObject({ code: 'hold_unknown' })
  expect(await onlyHold(client)).toMatchObject({ state: 'open' })
})

test('holds are listed in pages, the newest first, and open ones alone where asked', async () => {
  const client = await openGuarded(1)
  const members = await people(client, 5)
  const group = await client.group('Staff', ...members)
  for (const count of [2, 3, 4]) expectHeld(await client.removeMembers(group, ...members.slice(0, count)))
  const page = await client.scim.holds.list('acme', { limit: 2 })
  expect(page.map(({ losses }) => losses)).toEqual([4, 3])
  const rest = await client.scim.holds.list('acme', { before: page[1]?.id, limit: 2 })
  expect(rest.map(({ losses }) => losses)).toEqual([2])
  await client.scim.holds.turnAway('acme', page[0]?.id ?? '')
  expect((await client.scim.holds.list('acme', { state: 'open' })).map(({ losses }) => losses)).toEqual([3, 2])
})

test('holds that nobody asks for any more are forgotten with activity; what was turned away is not', async () => {
  const { client, group, members, hold } = await held()
  expectHeld(await client.removeMembers(group, ...members.slice(0, 5)))
  await client.scim.holds.turnAway('acme', hold)
  client.clock.now += 91 * 24 * HOUR
  await client.scim.prune()
  expect(await onlyHold(client)).toMatchObject({ id: hold })
  await client.scim.workspaces.remove('acme')
  expect(await client.sql('select * from {holds}')).toEqual([])
})

test('a limit is a whole number from 1 on', async () => {
  const client = await openGuarded(1)
  for (const limit of [0, -1, 1.5, Number.NaN, 1_000_001])
    await expect(client.scim.workspaces.change('acme', { guard: { limit } })).rejects.toMatchObject({ code: 'guard' })
  expect((await client.scim.workspaces.find('acme'))?.guard).toEqual({ on: true, limit: 1 })
})
