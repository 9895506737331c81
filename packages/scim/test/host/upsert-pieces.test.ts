import { beforeEach, describe, expect, it } from 'vitest'
import { type HostPerson, RowsRefused } from '../../src/index.ts'
import { type Client, danglingRows, openService, wrongCounts } from '../people/support.ts'
import { Consumer, effectivePairs } from './consumer.ts'

const person = (n: number): HostPerson => ({
  id: `usr_${n}`,
  userName: `person${n}@example.com`,
  displayName: `Person ${n}`,
  emails: [{ value: `person${n}@example.com`, verified: true }],
})
const people = (count: number, start = 0): HostPerson[] => Array.from({ length: count }, (_, i) => person(start + i))

describe('an upsert of many people', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
  })

  const accounts = async () =>
    (await client.sql<{ n: number }>('select count(*) as n from {people} p where p.state = 3'))[0]?.n
  const transactions = async (work: () => Promise<unknown>): Promise<number> => {
    const before = client.scim.store.counters.transactions
    await work()
    return client.scim.store.counters.transactions - before
  }

  it('of 100,000 is one call in pieces of 1,000, between which others write', async () => {
    const stored: number[] = []
    let joined = 0
    const rows = people(100_000)
    const upsert = client.scim.people.upsert('acme', rows, {
      onProgress: (count) => {
        stored.push(count)
        // The provider's turn, while the host's call is under way.
        if (stored.length === 1) void client.group('Crew', 'usr_0', 'usr_99999').then(() => (joined = stored.length))
      },
    })
    const { ids, ...counts } = await upsert
    expect(counts).toEqual({ created: 100_000, updated: 0, unchanged: 0 })
    expect(stored).toEqual(Array.from({ length: 100 }, (_, i) => (i + 1) * 1_000))
    expect([ids.length, ids[0], ids[99_999]]).toEqual([100_000, 'usr_0', 'usr_99999'])
    expect(joined).toBeGreaterThan(0)
    expect(joined).toBeLessThan(100)
    expect(await accounts()).toBe(100_000)
    const consumer = new Consumer(client.scim, 'acme')
    await consumer.follow()
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(client.scim, 'acme'))
    expect(consumer.pairs.size).toBe(2)
  })

  it('is one transaction up to 1,000, and where it is to be atomic', async () => {
    expect(await transactions(() => client.scim.people.upsert('acme', people(1_000)))).toBe(1)
    expect(await transactions(() => client.scim.people.upsert('acme', people(1_001, 5_000)))).toBe(2)
    expect(await transactions(() => client.scim.people.upsert('acme', people(2_500, 7_000), { atomic: true }))).toBe(1)
    expect(await transactions(() => client.remove(...people(1_500, 7_000).map(({ id }) => id as string)))).toBe(2)
    expect(await accounts()).toBe(3_001)
  })

  it.each([false, true])('stores nothing where a row of a late piece is refused (atomic: %s)', async (atomic) => {
    await client.upsert({ id: 'usr_boss', userName: 'boss' })
    const wrong = [
      { ...person(2_500), userName: ' ' },
      { ...person(2_500), userName: 'BOSS' },
      { ...person(2_500), userName: 'person3@example.com' },
    ]
    for (const row of wrong) {
      const rows = people(3_000)
      rows[2_500] = row
      const refused = client.scim.people.upsert('acme', rows, { atomic })
      await expect(refused).rejects.toBeInstanceOf(RowsRefused)
      await expect(refused).rejects.toMatchObject({ problems: [{ index: 2_500 }] })
    }
    expect(await accounts()).toBe(1)
  })

  it('lets rows of different pieces take each other’s names over', async () => {
    await client.scim.people.upsert('acme', people(3_000))
    const rows = people(3_000)
    const named = (n: number, other: number) => ({ ...person(n), userName: person(other).userName })
    rows[0] = named(0, 2_999)
    rows[2_999] = named(2_999, 0)
    // A newcomer takes the name of somebody who gets another.
    rows[1_500] = { ...person(1_500), userName: 'renamed' }
    const newcomer = { id: 'usr_new', userName: person(1_500).userName }
    expect(await client.scim.people.upsert('acme', [...rows, newcomer])).toMatchObject({ created: 1, updated: 3 })
    const found = ['person0@example.com', 'person2999@example.com', 'person1500@example.com']
    const ids = await Promise.all(found.map(async (name) => (await client.scim.people.find('acme', name))?.id))
    expect(ids).toEqual(['usr_2999', 'usr_0', 'usr_new'])
  })

  it('claims as if all rows were one piece', async () => {
    const pending = await client.pending('shared@example.com')
    const known = await client.pending('known@example.com')
    const single = await client.pending('single@example.com')
    const crew = await client.group('Crew', pending, known, single)
    const rows = people(3_000)
    const verified = (value: string) => [{ value, verified: true }]
    rows[1] = { ...person(1), emails: verified('shared@example.com') }
    rows[2_999] = { ...person(2_999), emails: verified('shared@example.com') }
    // Claimed by nobody: a later row means the pending person by its id.
    rows[2] = { ...person(2), emails: verified('known@example.com') }
    rows[2_998] = { id: known, userName: 'known' }
    rows[2_997] = { ...person(2_997), emails: verified('single@example.com') }
    await client.scim.people.upsert('acme', rows)
    expect(await client.states(crew)).toEqual({ [pending]: 'pending', [known]: 'effective', usr_2997: 'effective' })
    expect(await wrongCounts(client)).toEqual([])
    expect(await danglingRows(client)).toEqual([])
  })

  it('can be repeated after somebody took a name meanwhile', async () => {
    const rows = people(3_000).map(({ id: _, ...row }) => row)
    rows[2_999] = { ...rows[2_999], userName: 'wanted' }
    const given = [...rows.slice(0, 2_999), { id: 'usr_given', ...(rows[2_999] as HostPerson) }]
    let rival: Promise<unknown> = Promise.resolve()
    const refused = client.scim.people.upsert('acme', given, {
      onProgress: (stored) => {
        if (stored === 1_000) rival = client.upsert({ id: 'usr_rival', userName: 'wanted' })
      },
    })
    await expect(refused).rejects.toMatchObject({ problems: [{ index: 2_999 }] })
    await rival
    await client.remove('usr_rival')
    expect(await client.scim.people.upsert('acme', given)).toMatchObject({ created: 1_000, unchanged: 2_000 })
  })
})
