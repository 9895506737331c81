import { expect, test } from 'vitest'
import type { Client } from '../people/support.ts'
import { changeGuard, expectHeld, HOUR, holds, MINUTE, onlyHold, openGuarded, people } from './support.ts'

interface Held {
  readonly client: Client
  readonly group: string
  readonly members: readonly string[]
  readonly hold: string
  /** Sends what is held again. */
  readonly again: () => ReturnType<Client['send']>
}

/** A group of ten of whom four are held, with a limit of two. */
async function held(): Promise<Held> {
  const client = await openGuarded(2)
  const members = await people(client, 10)
  const group = await client.group('Staff', ...members)
  const again = () => client.removeMembers(group, ...members.slice(0, 4))
  expectHeld(await again())
  return { client, group, members, hold: (await onlyHold(client)).id, again }
}

const open = ({ scim }: Client) => scim.holds.list('acme', { state: 'open' })

test('applied once the limit allows it: the hold is closed and says so', async () => {
  const { client, hold, again } = await held()
  await changeGuard(client, { limit: 10 })
  client.clock.now += MINUTE
  expect((await again()).status).toBe(204)
  const [entry] = await client.scim.activity.list('acme', { limit: 1 })
  expect(await onlyHold(client)).toMatchObject({
    ...{ id: hold, state: 'applied', count: 2, lastAt: client.clock.now, request: entry?.id },
    ...{ decidedAt: null, decidedBy: null, admits: null },
  })
  expect(await open(client)).toEqual([])
})

test('applied in another form, as a PUT or with the group', async () => {
  const { client, group, members } = await held()
  await changeGuard(client, { limit: 10 })
  const left = members.slice(4).map((value) => ({ value }))
  expect((await client.put(`/Groups/${group}`, { displayName: 'Staff', members: left })).status).toBe(200)
  expect(await onlyHold(client)).toMatchObject({ state: 'applied' })
  await changeGuard(client, { limit: 2 })
  client.clock.now += 10 * MINUTE
  expectHeld(await client.put(`/Groups/${group}`, { displayName: 'Staff', members: [] }))
  await changeGuard(client, { limit: 20 })
  expect((await client.delete(`/Groups/${group}`)).status).toBe(204)
  expect((await holds(client)).map(({ state }) => state)).toEqual(['applied', 'applied'])
})

test('applied ten minutes later, when what counted with it is over', async () => {
  const client = await openGuarded(4)
  const members = await people(client, 10)
  const group = await client.group('Staff', ...members)
  expect((await client.removeMembers(group, ...members.slice(0, 3))).status).toBe(204)
  expectHeld(await client.removeMembers(group, ...members.slice(3, 6)))
  client.clock.now += 10 * MINUTE
  expect((await client.removeMembers(group, ...members.slice(3, 6))).status).toBe(204)
  expect(await onlyHold(client)).toMatchObject({ state: 'applied', losses: 3 })
})

test('a person whose deletion was held, and is done: every hold of it is closed', async () => {
  const client = await openGuarded(1)
  const [a = '', b = ''] = await people(client, 2)
  await client.group('One', a, b)
  await client.group('Two', a, b)
  expect((await client.delete(`/Users/${a}`)).status).toBe(204)
  expectHeld(await client.delete(`/Users/${b}`))
  expect(await open(client)).toHaveLength(2)
  client.clock.now += 10 * MINUTE
  expect((await client.delete(`/Users/${b}`)).status).toBe(204)
  expect((await holds(client)).map(({ state }) => state)).toEqual(['applied', 'applied'])
})

test('let through and applied: it admits nothing any more', async () => {
  const { client, group, hold, members, again } = await held()
  await client.scim.holds.letThrough('acme', hold, { admin: 'Ana' })
  expect((await again()).status).toBe(204)
  expect(await onlyHold(client)).toMatchObject({ state: 'applied', admits: null, decidedBy: 'Ana' })
  expectHeld(await client.removeMembers(group, ...members.slice(4, 8)))
})

test('let through, and applied within the limit: what it would have admitted is not left over', async () => {
  const { client, group, hold, members, again } = await held()
  await client.scim.holds.letThrough('acme', hold)
  await changeGuard(client, { limit: 4 })
  expect((await again()).status).toBe(204)
  expect(await onlyHold(client)).toMatchObject({ state: 'applied' })
  expectHeld(await client.removeMembers(group, ...members.slice(4, 8)))
})

test('used up by several requests, it counts as applied', async () => {
  const { client, group, hold, members } = await held()
  await client.scim.holds.letThrough('acme', hold)
  for (const id of members.slice(0, 6)) expect((await client.removeMembers(group, id)).status).toBe(204)
  expect((await holds(client)).find(({ id }) => id === hold)).toMatchObject({ state: 'applied', admits: null })
  client.clock.now += 25 * HOUR
  expect((await holds(client)).find(({ id }) => id === hold)).toMatchObject({ state: 'applied' })
})

test('asked for anew after it was applied, it is held anew', async () => {
  const { client, group, hold, members, again } = await held()
  await changeGuard(client, { limit: 10 })
  expect((await again()).status).toBe(204)
  await client.addMembers(group, ...members.slice(0, 4))
  await changeGuard(client, { limit: 2 })
  client.clock.now += HOUR
  expectHeld(await again(), hold)
  expect(await onlyHold(client)).toMatchObject({ state: 'open', count: 1, firstAt: client.clock.now, decidedAt: null })
})

test('what was applied is not let through, and can be turned away for the next time', async () => {
  const { client, group, hold, members, again } = await held()
  await changeGuard(client, { limit: 10 })
  expect((await again()).status).toBe(204)
  expect((await client.scim.holds.letThrough('acme', hold)).hold).toMatchObject({ state: 'applied', decidedBy: null })
  await client.scim.holds.turnAway('acme', hold)
  await client.addMembers(group, ...members.slice(0, 4))
  expect((await again()).status).toBe(403)
})

test.each(['held', 'turned away', 'let through'])('its group is gone: a hold that was %s says so', async (was) => {
  const { client, group, hold } = await held()
  if (was === 'turned away') await client.scim.holds.turnAway('acme', hold)
  if (was === 'let through') await client.scim.holds.letThrough('acme', hold)
  await client.scim.groups.release('acme', group)
  await client.scim.groups.delete('acme', group)
  expect(await onlyHold(client)).toMatchObject({ state: 'gone', admits: null })
  expect(await open(client)).toEqual([])
  // There is nothing left to decide.
  expect((await client.scim.holds.letThrough('acme', hold)).hold.state).toBe('gone')
  expect((await client.scim.holds.turnAway('acme', hold)).state).toBe('gone')
  client.clock.now += 91 * 24 * HOUR
  await client.scim.prune()
  expect(await holds(client)).toEqual([])
})

test('with the guard turned off nothing waits any more; turned on again, an equal request is held anew', async () => {
  const { client, hold, again } = await held()
  await changeGuard(client, { on: false })
  expect(await onlyHold(client)).toMatchObject({ state: 'expired' })
  expect(await open(client)).toEqual([])
  await changeGuard(client, { on: true })
  expectHeld(await again(), hold)
  expect(await onlyHold(client)).toMatchObject({ state: 'open' })
})

test('a removal of other people leaves a hold as it is', async () => {
  const { client, group, members } = await held()
  expect((await client.removeMembers(group, ...members.slice(0, 2))).status).toBe(204)
  expect(await onlyHold(client)).toMatchObject({ state: 'open', count: 1 })
})
