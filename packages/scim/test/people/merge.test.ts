import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, danglingRows, openService, wrongCounts } from './support.ts'

const VERIFIED = [{ value: 'pam@example.com', verified: true }]

/** A pending person and an id of the host's that is known already become one. */
describe('a claim by an id that is known', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
  })

  async function expectSound(): Promise<void> {
    expect(await wrongCounts(client)).toEqual([])
    expect(await danglingRows(client)).toEqual([])
  }

  it('as unresolved, with memberships in overlapping groups, makes one member of two', async () => {
    const pam = await client.pending('pam@example.com', { externalId: '00u1' })
    const both = await client.group('Both', pam, 'usr_pam', 'usr_x')
    const hers = await client.group('Hers', pam)
    const ids = await client.group('Ids', 'usr_pam')
    const none = await client.group('None', 'usr_x')
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })

    for (const [group, members] of [
      [both, ['usr_pam', 'usr_x']],
      [hers, ['usr_pam']],
      [ids, ['usr_pam']],
      [none, ['usr_x']],
    ] as const) {
      expect(await client.members(group)).toEqual(members)
      expect((await client.scim.groups.find('acme', group))?.memberCount).toBe(members.length)
    }
    const versions = await Promise.all([both, hers, ids, none].map((group) => client.version(`/Groups/${group}`)))
    expect(versions).toEqual(['W/"2"', 'W/"2"', 'W/"1"', 'W/"1"'])
    expect((await client.get(`/Users/${pam}`)).body).toMatchObject({ id: 'usr_pam', externalId: '00u1' })
    expect((await client.get('/Users/usr_pam')).body.groups.map(({ display }) => display)).toEqual([
      'Both',
      'Hers',
      'Ids',
    ])
    // One resolution for each group, whichever of the two ids it had named.
    expect(await client.story('person_claimed', 'members_resolved')).toEqual([
      'person_claimed usr_pam',
      'members_resolved Both usr_pam',
      'members_resolved Hers usr_pam',
      'members_resolved Ids usr_pam',
    ])
    // A change that named both names the one once.
    expect((await client.story('members_added'))[0]).toBe('members_added Both usr_pam usr_x')
    await expectSound()
  })

  it('as an account tells of the memberships that are new to it, and of no other', async () => {
    await client.upsert({ id: 'usr_pam', userName: 'pam', displayName: 'P' })
    const pam = await client.pending('pam@example.com', { externalId: '00u1', displayName: 'Pending' })
    const both = await client.group('Both', pam, 'usr_pam')
    const hers = await client.group('Hers', pam)
    const old = await client.group('Old', 'usr_pam')
    await client.put('/Users/usr_pam', { displayName: 'Written', nickName: 'W' })

    const row = { id: 'usr_pam', userName: 'pam', displayName: 'P', emails: VERIFIED }
    expect(await client.scim.people.upsert('acme', [row])).toMatchObject({ updated: 1 })
    expect(await Promise.all([both, hers, old].map((group) => client.members(group)))).toEqual([
      ['usr_pam'],
      ['usr_pam'],
      ['usr_pam'],
    ])
    expect(await client.story('person_claimed', 'members_resolved')).toEqual([
      'person_claimed usr_pam',
      'members_resolved Hers usr_pam',
    ])
    // What was written of the account itself comes first.
    expect((await client.get(`/Users/${pam}`)).body).toMatchObject({
      id: 'usr_pam',
      userName: 'pam@example.com',
      externalId: '00u1',
      displayName: 'Written',
      nickName: 'W',
    })
    expect(await client.find('userName eq "pam"')).toEqual(['usr_pam'])
    expect((await client.get('/Users')).body.totalResults).toBe(1)
    await expectSound()
  })

  it('happens although nothing of the account has changed', async () => {
    // The pending person comes later, by a name that finds nobody, and is renamed.
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    const pam = await client.pending('something else', { externalId: '00u1' })
    const crew = await client.group('Crew', pam)
    await client.put(`/Users/${pam}`, { userName: 'pam@example.com' })
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'effective' })
    expect((await client.get('/Users/usr_pam')).body).toMatchObject({ userName: 'pam@example.com', externalId: '00u1' })
    expect(await client.find('externalId eq "00u1"')).toEqual(['usr_pam'])
    await expectSound()
  })

  it('finds the account by userName where the host has no ids', async () => {
    const [id] = await client.upsert({ userName: 'pam' })
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam, id as string)
    expect(await client.upsert({ userName: 'pam', emails: VERIFIED })).toEqual([id])
    expect(await client.states(crew)).toEqual({ [id as string]: 'effective' })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe(id)
    await expectSound()
  })

  it('after a removal meets the tombstone', async () => {
    await client.upsert({ id: 'usr_pam', userName: 'old' })
    const old = await client.group('Old', 'usr_pam')
    await client.remove('usr_pam')
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect([await client.states(old), await client.states(crew)]).toEqual([
      { usr_pam: 'effective' },
      { usr_pam: 'effective' },
    ])
    await expectSound()
  })

  it('can happen to one account several times: every former id stays an alias', async () => {
    const first = await client.pending('pam@example.com')
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    await client.put('/Users/usr_pam', { userName: 'pam@idp.example' })
    const emails = [...VERIFIED, { value: 'second@example.com', verified: true }]
    const second = await client.pending('second@example.com')
    const crew = await client.group('Crew', first, second)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails })
    expect(await client.members(crew)).toEqual(['usr_pam'])
    for (const id of [first, second]) expect((await client.get(`/Users/${id}`)).body.id).toBe('usr_pam')
    // All of them survive that the person leaves and comes back.
    await client.remove('usr_pam')
    expect(await client.states(crew)).toEqual({ usr_pam: 'unresolved' })
    await client.upsert({ id: 'usr_pam', userName: 'pam' })
    for (const id of [first, second]) expect((await client.get(`/Users/${id}`)).body.id).toBe('usr_pam')
    await expectSound()
  })

  it.each([
    ['active', 'suspended', 'effective', ['person_suspended', 'person_resumed']],
    ['suspended', 'unsaid', 'suspended', ['person_suspended', 'person_suspended']],
    ['unsaid', 'suspended', 'suspended', ['person_suspended', 'person_suspended']],
    ['active', 'active', 'effective', []],
    ['unsaid', 'unsaid', 'effective', []],
  ])(
    'of an account that is %s and a pending person who is %s makes one who is %s',
    async (account, pending, state, told) => {
      await client.upsert({ id: 'usr_pam', userName: 'pam' })
      if (account !== 'unsaid') await client.put('/Users/usr_pam', { active: account === 'active' })
      const pam = await client.pending('pam@example.com', pending === 'unsaid' ? {} : { active: pending === 'active' })
      const crew = await client.group('Crew', pam)
      await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
      expect(await client.states(crew)).toEqual({ usr_pam: state })
      // The last word is what is so.
      expect((await client.changes('person_suspended', 'person_resumed')).map(({ kind }) => kind)).toEqual(told)
      await expectSound()
    },
  )
})

describe('a claim that races with writes of the provider', () => {
  it.each(['claim first', 'write first'])('loses nothing (%s)', async (order) => {
    const client = await openService({ unknownUsers: 'pending' })
    for (let round = 0; round < 8; round++) {
      const address = `p${round}@example.com`
      const id = `usr_p${round}`
      const pam = await client.pending(address)
      const crew = await client.group(`Crew ${round}`)
      const known = await client.group(`Known ${round}`, round % 2 === 0 ? id : pam)
      const claim = () => client.upsert({ id, userName: `p${round}`, emails: [{ value: address, verified: true }] })
      const writes = () => [
        client.addMembers(crew, pam),
        client.addMembers(known, pam),
        client.put(`/Users/${pam}`, { nickName: 'N' }),
        client.patch(`/Users/${pam}`, [{ op: 'replace', path: 'active', value: 'False' }]),
      ]
      await Promise.all(order === 'claim first' ? [claim(), ...writes()] : [...writes(), claim()])
      expect(await client.states(crew)).toEqual({ [id]: 'suspended' })
      expect(await client.states(known)).toEqual({ [id]: 'suspended' })
      expect((await client.get(`/Users/${pam}`)).body).toMatchObject({ id, nickName: 'N', active: false })
    }
    expect(await wrongCounts(client)).toEqual([])
    expect(await danglingRows(client)).toEqual([])
  })

  it('loses nothing of a replacement large enough to be planned ahead of its transaction', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const many = Array.from({ length: 1_500 }, (_, index) => `usr_m${index}`)
    for (let round = 0; round < 4; round++) {
      const address = `p${round}@example.com`
      const id = `usr_p${round}`
      const pam = await client.pending(address)
      const crew = await client.group(`Crew ${round}`, 'usr_before')
      // The host's id has a row of its own, so that the pending person's goes.
      await client.group(`Known ${round}`, id)
      const members = [pam, ...many].map((value) => ({ value }))
      const put = client.put(`/Groups/${crew}`, { displayName: `Crew ${round}`, members })
      const claim = client.upsert({ id, userName: `p${round}`, emails: [{ value: address, verified: true }] })
      await Promise.all([put, claim])
      expect(await client.members(crew)).toEqual([id, ...many].sort())
    }
    expect(await wrongCounts(client)).toEqual([])
    expect(await danglingRows(client)).toEqual([])
  })
})
