import { expect, test } from 'vitest'
import { add, type Reply, remove, replace, valuesOf } from './client.ts'
import { contradictions, groupFacts } from './history.ts'
import { personId, startService } from './service.ts'

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, number) => personId(from + number))

const statuses = (replies: readonly Reply[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

test('200 parallel PATCHes of one group about different people: none lost, none refused', async () => {
  // However slow the machine is, a batch ends only where nobody waits.
  const writer = { batchMilliseconds: Number.POSITIVE_INFINITY }
  await using service = await startService({ people: 200, writer })
  const { client, store, database } = service
  const { id } = await client.createGroup('One', ids(0, 100))
  const before = { ...store.counters }
  const replies = await Promise.all(
    ids(0, 200).map((person, number) => client.patch(id, number < 100 ? remove(person) : add(person))),
  )
  expect(statuses(replies)).toEqual({ 204: 200 })
  const group = await client.read(id)
  expect(valuesOf(group)).toEqual(ids(100, 200))
  expect(group.meta.version).toBe('W/"201"')
  expect(new Set(replies.map(({ headers }) => headers.etag)).size).toBe(200)
  expect(await groupFacts(database, id)).toMatchObject({
    version: 201,
    requests: 200,
    member_count: 100,
    replayed: ids(100, 200),
  })
  expect(await contradictions(database)).toEqual([])
  // 64 connections: what waits shares a commit.
  const transactions = store.counters.transactions - before.transactions
  expect(transactions).toBeGreaterThanOrEqual(200)
  expect(transactions / (store.counters.commits - before.commits)).toBeGreaterThan(2)
})

test('200 parallel PATCHes about the same people: each change is made once, and the version raised once for it', async () => {
  await using service = await startService({ people: 4 })
  const { client, database } = service
  const [a = '', b = '', c = '', d = ''] = ids(0, 4)
  const { id } = await client.createGroup('One', [c, d])
  const operations = [add(a), add(a, b), remove(c), remove(c, d)]
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, number) => client.patch(id, operations[number % 4] ?? add(a))),
  )
  expect(statuses(replies)).toEqual({ 204: 200 })
  const facts = await groupFacts(database, id)
  expect(facts).toMatchObject({ members: [a, b], replayed: [a, b], member_count: 2 })
  expect(facts?.version).toBe(1 + (facts?.requests ?? 0))
  expect(facts?.requests).toBeLessThanOrEqual(4)
  expect(await contradictions(database)).toEqual([])
})

test('parallel PATCHes that add and remove the same people: the history is a serial order with that end', async () => {
  await using service = await startService({ people: 6 })
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, number) => {
      const person = personId(number % 6)
      const other = personId((number * 5 + 1) % 6)
      return number % 3 === 0
        ? client.patch(id, remove(person), add(other))
        : client.patch(id, add(person), remove(other))
    }),
  )
  expect(statuses(replies)).toEqual({ 204: 200 })
  const facts = await groupFacts(database, id)
  expect(facts?.members).toEqual(facts?.replayed)
  expect(valuesOf(await client.read(id))).toEqual(facts?.members)
  expect(facts?.version).toBe(1 + (facts?.requests ?? 0))
  expect(await contradictions(database)).toEqual([])
})

test('parallel PUTs and PATCHes of a group end in one of the serial orders', async () => {
  await using service = await startService({ people: 1_600 })
  const { client, database } = service
  const wanted = ids(0, 1_400)
  const [extra, kept] = [personId(1_500), personId(7)]
  const { id } = await client.createGroup('One', ids(200, 1_600))
  for (let round = 0; round < 3; round++) {
    const replies = await Promise.all([
      client.patch(id, add(extra)),
      client.put(id, 'One', wanted),
      client.patch(id, remove(kept)),
      client.put(id, 'One', wanted),
      client.patch(id, replace(...wanted)),
    ])
    expect(statuses(replies)).toEqual({ 200: 2, 204: 3 })
    const members = new Set(valuesOf(await client.read(id)))
    // Each PATCH is undone by what replaces all behind it, or it came last.
    members.delete(extra)
    members.add(kept)
    expect([...members].sort()).toEqual(wanted)
  }
  const facts = await groupFacts(database, id)
  expect(facts?.members).toEqual(facts?.replayed)
  expect(await contradictions(database)).toEqual([])
})

test.each(['displayName', 'externalId'])(
  'of parallel POSTs with the same %s one succeeds, the others are 409',
  async (attribute) => {
    await using service = await startService()
    const { client } = service
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, number) => {
        const same = attribute === 'externalId'
        const displayName = same ? `Group ${number}` : number % 2 ? 'SAME' : 'same'
        return client.send('POST', '/Groups', { displayName, ...(same && { externalId: 'ext' }) })
      }),
    )
    expect(statuses(replies)).toEqual({ 201: 1, 409: 49 })
    const { id } = replies.find(({ status }) => status === 201)?.json() ?? { id: '' }
    for (const refused of replies.filter(({ status }) => status === 409)) {
      const { scimType, detail } = refused.json()
      expect(scimType).toBe('uniqueness')
      expect(detail).toContain(id)
    }
    expect((await client.send('GET', '/Groups')).json().totalResults).toBe(1)
  },
)

test('parallel DELETEs: one succeeds, the others find nothing; a PATCH beside them is applied before or 404', async () => {
  await using service = await startService({ people: 1 })
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const deletes = Array.from({ length: 10 }, () => client.send('DELETE', `/Groups/${id}`))
  const patch = client.patch(id, add(personId(0)))
  expect(statuses(await Promise.all(deletes))).toEqual({ 204: 1, 404: 9 })
  expect([204, 404]).toContain((await patch).status)
  expect(await contradictions(database)).toEqual([])
})

test('of parallel PATCHes with the same If-Match one succeeds, the others are 412', async () => {
  await using service = await startService({ people: 20 })
  const { client, database } = service
  const { id, meta } = await client.createGroup('One')
  const replies = await Promise.all(
    ids(0, 20).map((person) =>
      client.send('PATCH', `/Groups/${id}`, { Operations: [add(person)] }, { 'If-Match': meta.version }),
    ),
  )
  expect(statuses(replies)).toEqual({ 204: 1, 412: 19 })
  expect(await groupFacts(database, id)).toMatchObject({ version: 2, member_count: 1 })
})
