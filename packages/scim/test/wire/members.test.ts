import { describe, expect, test } from 'vitest'
import { ANA, BASE, BEN, membersOf, patchOf, STORES, startService } from './support.ts'

const STRANGER = 'usr_01ARZ3NDEKTSV4RRFFQ69G5FAV'
const adds = (...ids: string[]) => patchOf({ op: 'add', path: 'members', value: membersOf(...ids) })
const removes = (...ids: string[]) => patchOf({ op: 'remove', path: 'members', value: membersOf(...ids) })

describe.each(STORES)('members on %s (DESIGN 4.2)', (store) => {
  test('an unknown id is kept and read back, its value alone', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'A', members: [{ value: STRANGER, display: 'x', type: 'User' }] })
    const { body } = await acme.get(`/Groups/${id}`)
    expect(body.members).toEqual([{ value: STRANGER }])
    // Nobody stands behind it: it is no user.
    expect((await acme.get(`/Users/${STRANGER}`)).status).toBe(404)
    expect((await acme.get(`/Users?filter=id%20eq%20%22${STRANGER}%22`)).body.totalResults).toBe(0)
    expect((await acme.get('/Users')).body.totalResults).toBe(3)
    expect((await acme.get(`/Groups?filter=members%20eq%20%22${STRANGER}%22`)).body.totalResults).toBe(1)
  })

  test('it resolves when the host adds the person, without a new write by the provider', async () => {
    await using service = await startService(store)
    const { acme, scim } = service
    const { id } = await acme.group({ displayName: 'A', members: membersOf(STRANGER) })
    await scim.people.upsert('acme', [{ id: STRANGER, userName: 'new@acme.example', displayName: 'New' }])
    expect((await acme.get(`/Groups/${id}`)).body.members).toEqual([
      { value: STRANGER, $ref: `${BASE}/Users/${STRANGER}`, display: 'New', type: 'User' },
    ])
    await scim.people.remove('acme', [STRANGER])
    expect((await acme.get(`/Groups/${id}`)).body.members).toEqual([{ value: STRANGER }])
  })

  test('the echo of a GET with an unknown member changes nothing', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'A', members: membersOf(ANA, STRANGER) })
    const answer = await service.acme.put(`/Groups/${group.id}`, group)
    expect([answer.status, answer.body]).toEqual([200, group])
  })

  test('where unknown members are rejected, additions are a 400 that names them, and nothing is changed', async () => {
    await using service = await startService(store, { unknownMembers: 'reject' })
    const { acme } = service
    const posted = await acme.post('/Groups', { displayName: 'A', members: membersOf(ANA, STRANGER) })
    expect(posted.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect(posted.body.detail).toContain(STRANGER)
    expect(await service.scim.groups.list('acme')).toEqual([])
    const group = await acme.group({ displayName: 'A', members: membersOf(ANA) })
    for (const body of [adds(BEN, STRANGER), patchOf({ op: 'replace', path: 'members', value: membersOf(STRANGER) })]) {
      expect((await acme.patch(`/Groups/${group.id}`, body)).body.scimType).toBe('invalidValue')
    }
    const put = await acme.put(`/Groups/${group.id}`, { displayName: 'B', members: membersOf(STRANGER) })
    expect(put.body.scimType).toBe('invalidValue')
    expect((await acme.get(`/Groups/${group.id}`)).body).toEqual(group)
    expect(await service.rows('select id from {people} where state = 0')).toEqual([])
  })

  test('where many are unknown, the error names some and stays short', async () => {
    await using service = await startService(store, { unknownMembers: 'reject' })
    const members = membersOf(...Array.from({ length: 5_000 }, (_, i) => `usr_${i}`))
    const answer = await service.acme.post('/Groups', { displayName: 'A', members })
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toMatch(/usr_\d+.* and others/)
    expect(answer.text.length).toBeLessThan(2_000)
  })

  test('a member that has become unknown stays where unknown ones are rejected, and can be removed', async () => {
    await using service = await startService(store, { unknownMembers: 'reject' })
    const { acme, scim } = service
    const { id } = await acme.group({ displayName: 'A', members: membersOf(ANA, BEN) })
    await scim.people.remove('acme', [BEN])
    const read = await acme.get(`/Groups/${id}`)
    expect(read.body.members?.[1]).toEqual({ value: BEN })
    expect((await acme.put(`/Groups/${id}`, read.body)).status).toBe(200)
    expect((await acme.patch(`/Groups/${id}`, removes(BEN))).status).toBe(204)
    expect(await acme.members(id)).toEqual([ANA])
  })

  test.each(['record', 'reject'] as const)('removing what is no member succeeds under "%s"', async (unknownMembers) => {
    await using service = await startService(store, { unknownMembers })
    const { id } = await service.acme.group({ displayName: 'A', members: membersOf(ANA) })
    for (const operation of [
      { op: 'remove', path: 'members', value: membersOf(STRANGER, BEN, 'not an id', '', 'grp_x') },
      { op: 'remove', path: 'members[value eq "not an id"]' },
      { op: 'remove', path: `members[value eq "${STRANGER}"]` },
      { op: 'remove', path: 'members[display eq "nobody"]' },
    ]) {
      const answer = await service.acme.patch(`/Groups/${id}`, patchOf(operation))
      expect([operation.path, answer.status]).toEqual([operation.path, 204])
    }
    expect(await service.acme.members(id)).toEqual([ANA])
  })

  test.each([
    ['a number', 7],
    ['an empty object', {}],
    ['a list with an empty object', [{}]],
    ['a nested value', [{ value: { value: ANA } }]],
    ['a number as value', [{ value: 7 }]],
    ['null in a list', [null]],
    ['a boolean', true],
  ])('a removal of %s is a 400 and never a wipe', async (_, value) => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'A', members: membersOf(ANA, BEN) })
    const answer = await service.acme.patch(`/Groups/${id}`, patchOf({ op: 'remove', path: 'members', value }))
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect(await service.acme.members(id)).toEqual([ANA, BEN])
  })

  test('an empty list of members to remove removes nobody', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'A', members: membersOf(ANA, BEN) })
    const answer = await service.acme.patch(`/Groups/${id}`, removes())
    expect(answer.status).toBe(204)
    expect(await service.acme.members(id)).toEqual([ANA, BEN])
  })

  test('a suspended person stays a member in what SCIM reads', async () => {
    await using service = await startService(store)
    const { acme } = service
    const group = await acme.group({ displayName: 'A', members: membersOf(ANA, BEN) })
    const off = patchOf({ op: 'Replace', path: 'active', value: 'False' })
    expect((await acme.patch(`/Users/${ANA}`, off)).status).toBe(200)
    expect((await acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('a large group whose first members show nothing that was asked for is valid JSON', async () => {
    await using service = await startService(store)
    const strangers = Array.from({ length: 2_500 }, (_, i) => `usr_${String(i).padStart(5, '0')}`)
    const { id } = await service.acme.group({ displayName: 'A', members: membersOf(...strangers) })
    const late = ['usr_02300', 'usr_02400']
    const people = late.map((person) => ({ id: person, userName: `${person}@acme.example`, displayName: person }))
    await service.scim.people.upsert('acme', people)
    for (const path of [`/Groups/${id}?attributes=members.display`, '/Groups?attributes=members.display']) {
      const { body } = await service.acme.get(path)
      const { members } = path.startsWith('/Groups?') ? (body.Resources[0] ?? body) : body
      expect(members?.map(({ display }) => display).sort()).toEqual(late)
    }
    const { body } = await service.acme.get(`/Groups/${id}?attributes=members.value`)
    expect(body.members).toHaveLength(2_500)
  })
})
