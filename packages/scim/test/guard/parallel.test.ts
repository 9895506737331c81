import { expect, test } from 'vitest'
import { openTwo } from '../load/twoProcesses.ts'
import { type Answer, wrongCounts } from '../people/support.ts'
import { changeGuard, holds, onlyHold, openGuarded, people } from './support.ts'

function counted(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

test('parallel removals do not exceed the limit together', async () => {
  const client = await openGuarded(7)
  const members = await people(client, 40)
  const group = await client.group('Staff', ...members)
  const answers = await Promise.all(members.map((id) => client.removeMembers(group, id)))
  expect(counted(answers)).toEqual({ 204: 7, 503: 33 })
  expect(await client.members(group)).toHaveLength(33)
  expect(await client.scim.holds.list('acme', { limit: 100 })).toHaveLength(33)
  expect(await wrongCounts(client)).toEqual([])
})

test('those about other groups, and additions, that share a commit with what is held are done', async () => {
  const client = await openGuarded(2)
  const members = await people(client, 20)
  const names = Array.from({ length: 20 }, (_, number) => `G${number}`)
  const groups: string[] = []
  for (const name of names) groups.push(await client.group(name, ...members.slice(0, 10)))
  const answers = await Promise.all(
    groups.flatMap((group, number) => [
      number % 2 === 0
        ? client.removeMembers(group, ...members.slice(0, 3))
        : client.removeMembers(group, ...members.slice(0, 2)),
      client.addMembers(group, members[10 + (number % 10)] ?? ''),
    ]),
  )
  expect(counted(answers)).toEqual({ 204: 30, 503: 10 })
  for (const [number, group] of groups.entries())
    expect(await client.members(group)).toHaveLength(number % 2 === 0 ? 11 : 9)
  expect(await holds(client)).toHaveLength(10)
  expect(await wrongCounts(client)).toEqual([])
})

test('parallel equal requests are one hold', async () => {
  const client = await openGuarded(2)
  const members = await people(client, 5)
  const group = await client.group('Staff', ...members)
  const answers = await Promise.all(Array.from({ length: 30 }, () => client.removeMembers(group, ...members)))
  expect(counted(answers)).toEqual({ 503: 30 })
  expect(await onlyHold(client)).toMatchObject({ count: 30, losses: 5 })
})

test('parallel requests use what was let through once', async () => {
  const client = await openGuarded(1)
  const members = await people(client, 30)
  const group = await client.group('Staff', ...members)
  await client.removeMembers(group, ...members.slice(0, 6))
  await client.scim.holds.letThrough('acme', (await onlyHold(client)).id)
  const answers = await Promise.all(members.map((id) => client.removeMembers(group, id)))
  // One within the limit, and six admitted.
  expect(counted(answers)).toEqual({ 204: 7, 503: 23 })
})

test('deleting people in parallel does not exceed the limit either', async () => {
  const client = await openGuarded(3)
  const members = await people(client, 12)
  const group = await client.group('Staff', ...members)
  const answers = await Promise.all(
    members.map((id, number) => (number % 2 === 0 ? client.delete(`/Users/${id}`) : client.removeMembers(group, id))),
  )
  expect(counted(answers)).toEqual({ 204: 3, 503: 9 })
  expect(await client.members(group)).toHaveLength(9)
})

test('two processes count together', async () => {
  const two = await openTwo()
  try {
    const { first, second } = await two.workspace('acme')
    await changeGuard(second, { on: true, limit: 5 })
    const members = await people(second, 30)
    const group = await second.group('Staff', ...members)
    const answers = await Promise.all(
      members.map((id, number) => (number % 2 === 0 ? first : second).removeMembers(group, id)),
    )
    expect(counted(answers)).toEqual({ 204: 5, 503: 25 })
    expect(await second.members(group)).toHaveLength(25)
  } finally {
    await two.close()
  }
})
