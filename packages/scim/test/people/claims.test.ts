import { beforeEach, describe, expect, it } from 'vitest'
import type { HostPerson } from '../../src/provisioning/people/account.ts'
import { addWorkspace, type Client, danglingRows, openService, wrongCounts } from './support.ts'

const VERIFIED = [{ value: 'Pam@Example.com', verified: true }]

describe('a pending person', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
  })

  async function expectSound(): Promise<void> {
    expect(await wrongCounts(client)).toEqual([])
    expect(await danglingRows(client)).toEqual([])
  }

  it('is claimed by a verified e-mail equal to its userName; without an id of the host it keeps its own', async () => {
    const pam = await client.pending('pam@example.com', { externalId: '00u1', displayName: 'Pam B' })
    const crew = await client.group('Crew', pam)
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })

    const upserted = await client.scim.people.upsert('acme', [{ userName: 'pam', displayName: 'P', emails: VERIFIED }])
    expect(upserted).toEqual({ ids: [pam], created: 1, updated: 0, unchanged: 0 })
    expect(await client.states(crew)).toEqual({ [pam]: 'effective' })
    expect(await client.scim.people.find('acme', pam)).toMatchObject({ state: 'account' })
    // The record lives on, over the account.
    expect((await client.get(`/Users/${pam}`)).body).toMatchObject({
      userName: 'pam@example.com',
      externalId: '00u1',
      displayName: 'Pam B',
      emails: [{ value: 'Pam@Example.com', type: 'work', primary: true }],
    })
    expect(await client.find('userName eq "pam"')).toEqual([pam])
    expect(await client.changes('person_claimed', 'members_resolved')).toMatchObject([
      { kind: 'person_claimed', people: [pam], details: { id: pam }, actor: 'host' },
      { kind: 'members_resolved', group: 'Crew', people: [pam] },
    ])
    await expectSound()
  })

  it('is claimed under the id that the host brings, and the pending id stays an alias', async () => {
    const pam = await client.pending('pam@example.com', { displayName: 'Pam B' })
    const [crew, other] = [await client.group('Crew', pam), await client.group('Other')]
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'effective' })
    // Its members read otherwise now.
    expect(await client.version(`/Groups/${crew}`)).toBe('W/"2"')
    expect(await client.version(`/Groups/${other}`)).toBe('W/"1"')
    expect((await client.get(`/Users/${pam}`)).body).toMatchObject({ id: 'usr_pam', displayName: 'Pam B' })
    expect(await client.story('members_added', 'person_claimed', 'members_resolved')).toEqual([
      'members_added Crew usr_pam',
      'person_claimed usr_pam',
      'members_resolved Crew usr_pam',
    ])
    expect((await client.changes('person_claimed'))[0]?.details).toEqual({ id: pam })
    await expectSound()
  })

  it.each<[string, string, Record<string, unknown>]>([
    ['its primary e-mail', 'pb', { emails: [{ value: 'x@x.example' }, { value: 'PAM@example.com', primary: true }] }],
    ["its first e-mail, where none is primary, as OneLogin's", 'pb', { emails: { value: 'pam@example.com' } }],
    ['both', 'Pam@example.com', { emails: [{ value: 'pam@example.com', primary: true }] }],
  ])('is claimed by %s', async (_, userName, attributes) => {
    const pam = await client.pending(userName, attributes)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe('usr_pam')
    expect(await client.changes('person_claimed')).toHaveLength(1)
  })

  it.each<[string, string, Record<string, unknown>, HostPerson]>([
    [
      'an e-mail that is not verified',
      'pam@example.com',
      {},
      { userName: 'p', emails: [{ value: 'pam@example.com' }] },
    ],
    ['a userName that is the same but no verified e-mail', 'pam@example.com', {}, { userName: 'pam@example.com' }],
    [
      'a secondary e-mail',
      'pb',
      { emails: [{ value: 'a@x.example', primary: true }, { value: 'pam@example.com' }] },
      { userName: 'p', emails: VERIFIED },
    ],
    ['an externalId', 'pb', { externalId: 'pam@example.com' }, { userName: 'p', emails: VERIFIED }],
    ['a part of its userName', 'pam@example.com.example', {}, { userName: 'p', emails: VERIFIED }],
  ])('is not claimed by %s', async (_, userName, attributes, row) => {
    const pam = await client.pending(userName, attributes)
    const crew = await client.group('Crew', pam)
    await client.upsert({ id: 'usr_pam', ...row })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe(pam)
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    expect(await client.changes('person_claimed', 'members_resolved')).toEqual([])
  })

  it('is one person where one request names both ids: its last operation decides', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pending = await client.pending('ana@x.example')
    const emails = [{ value: 'ana@x.example', verified: true }]
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails }, { id: 'usr_bo', userName: 'bo' })
    const crew = await client.group('Crew', 'usr_ana', 'usr_bo')
    const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
    const replace = (value: string) => ({ op: 'replace', path: 'members', value: [{ value }, { value: 'usr_bo' }] })
    const remove = (value: string) => ({ op: 'remove', path: `members[value eq "${value}"]` })
    for (const [one, other] of [
      [pending, 'usr_ana'],
      ['usr_ana', pending],
    ] as const) {
      await client.patch(`/Groups/${crew}`, [add(one), remove(other)])
      expect(await client.members(crew)).toEqual(['usr_bo'])
      await client.patch(`/Groups/${crew}`, [remove(other), add(one)])
      expect(await client.members(crew)).toEqual(['usr_ana', 'usr_bo'])
      await client.patch(`/Groups/${crew}`, [replace(one), remove(other)])
      expect(await client.members(crew)).toEqual(['usr_bo'])
      await client.patch(`/Groups/${crew}`, [replace('usr_bo'), remove(other), add(one)])
      expect(await client.members(crew)).toEqual(['usr_ana', 'usr_bo'])
    }
    // Who stays has not moved.
    const changes = (await client.changes()).length
    await client.patch(`/Groups/${crew}`, [remove(pending), add('usr_ana')])
    expect(await client.changes()).toHaveLength(changes)
    expect(await wrongCounts(client)).toEqual([])
  })

  it('is not claimed where several people could be meant', async () => {
    const pam = await client.pending('pam@example.com')
    const twin = await client.pending('twin', { emails: [{ value: 'pam@example.com', primary: true }] })
    const other = await client.pending('other@example.com')
    const crew = await client.group('Crew', pam, twin, other)
    await client.upsert({ id: 'usr_pam', userName: 'p', emails: VERIFIED })
    // Of two people with one address neither is it; two addresses lead to two people.
    const two = [{ value: 'other@example.com', verified: true }, ...VERIFIED]
    await client.upsert({ id: 'usr_two', userName: 't', emails: two })
    expect(await client.states(crew)).toEqual({ [pam]: 'pending', [twin]: 'pending', [other]: 'pending' })
    expect(await client.changes('person_claimed')).toEqual([])

    // Once only one is left on either side, the next upsert claims.
    await client.delete(`/Users/${twin}`)
    await client.remove('usr_two')
    await client.upsert({ id: 'usr_pam', userName: 'p', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'effective', [other]: 'pending' })
  })

  it('is not claimed where two accounts have the address, in one call or in two', async () => {
    const pam = await client.pending('pam@example.com')
    await client.upsert(
      { id: 'usr_one', userName: 'one', emails: VERIFIED },
      { id: 'usr_two', userName: 'two', emails: VERIFIED },
    )
    await client.upsert({ id: 'usr_one', userName: 'one', displayName: 'One', emails: VERIFIED })
    await client.upsert({ id: 'usr_three', userName: 'three', emails: VERIFIED })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe(pam)
    expect(await client.changes('person_claimed')).toEqual([])
    // One of them loses the address in the call in which the other is named.
    await client.remove('usr_three')
    await client.upsert({ id: 'usr_one', userName: 'one', emails: VERIFIED }, { id: 'usr_two', userName: 'two' })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe('usr_one')
  })

  it('is not claimed by people of another workspace', async () => {
    const pam = await client.pending('pam@example.com')
    const other = await addWorkspace(client, 'other', { unknownUsers: 'pending' })
    const theirs = await other.pending('pam@example.com')
    await other.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect((await client.get(`/Users/${pam}`)).body.id).toBe(pam)
    expect((await other.get(`/Users/${theirs}`)).body.id).toBe('usr_pam')
    expect((await client.get(`/Users/${theirs}`)).status).toBe(404)
    expect(await client.changes('person_claimed')).toEqual([])
  })

  it('becomes the account of a host that names it by its pending id', async () => {
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    // With and without an address that would claim it as well.
    await client.upsert({ id: pam, userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ [pam]: 'effective' })
    expect(await client.story('person_claimed', 'members_resolved')).toEqual([
      `person_claimed ${pam}`,
      `members_resolved Crew ${pam}`,
    ])
    const bo = await client.pending('bo')
    await client.upsert({ id: bo, userName: 'bo' })
    expect(await client.scim.people.find('acme', bo)).toMatchObject({ state: 'account', userName: 'bo' })
    await expectSound()
  })

  it('that one row names by id is not claimed by another', async () => {
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    await client.upsert({ id: 'usr_other', userName: 'other', emails: VERIFIED }, { id: pam, userName: 'pam' })
    expect(await client.states(crew)).toEqual({ [pam]: 'effective' })
    expect((await client.get('/Users/usr_other')).body.groups).toEqual([])
    await expectSound()
  })

  it('is claimed although another row takes its userName', async () => {
    const pam = await client.pending('pam@example.com', { displayName: 'Pam B' })
    const crew = await client.group('Crew', pam)
    await client.upsert(
      { id: 'usr_pam', userName: 'pam', emails: VERIFIED },
      { id: 'usr_else', userName: 'pam@example.com' },
    )
    expect(await client.states(crew)).toEqual({ usr_pam: 'effective' })
    expect((await client.get(`/Users/${pam}`)).body).toMatchObject({ userName: 'pam', displayName: 'Pam B' })
    expect(await client.find('userName eq "pam@example.com"')).toEqual(['usr_else'])
  })

  it('brings its suspension along', async () => {
    const pam = await client.pending('pam@example.com', { active: false })
    const crew = await client.group('Crew', pam)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'suspended' })
    expect(await client.story('person_suspended', 'person_resumed')).toEqual(['person_suspended usr_pam'])
  })

  it('alone can be claimed: an account cannot, whatever its userName and record', async () => {
    await client.upsert({ id: 'usr_ana', userName: 'pam@example.com' })
    await client.put('/Users/usr_ana', { emails: [{ value: 'pam@example.com', primary: true }] })
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect((await client.get('/Users')).body.Resources.map(({ id }) => id)).toEqual(['usr_ana', 'usr_pam'])
    expect(await client.changes('person_claimed')).toEqual([])
  })

  it('that was deleted is claimed by nobody', async () => {
    const pam = await client.pending('pam@example.com')
    await client.delete(`/Users/${pam}`)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect((await client.get(`/Users/${pam}`)).status).toBe(404)
  })

  it('stays pending where the upsert is refused', async () => {
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    const rows = [
      { id: 'usr_pam', userName: 'pam', emails: VERIFIED },
      { id: 'usr_x', userName: 'ana' },
    ]
    await expect(client.upsert(...rows)).rejects.toThrow()
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    expect((await client.get('/Users/usr_pam')).status).toBe(404)
  })
})
