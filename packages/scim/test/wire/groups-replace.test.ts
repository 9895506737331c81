import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/clock.ts'
import { ANA, BASE, BEN, CLEO, GROUP_URN, membersOf, START, STORES, startService } from './support.ts'

const ALL = { displayName: 'Engineering', externalId: 'x', members: membersOf(ANA, BEN) }

describe.each(STORES)('PUT /Groups/{id} on %s (RFC 7644 §3.5.1)', (store) => {
  test('200 with the resource as it is now', async () => {
    await using service = await startService(store)
    const { acme, clock } = service
    const group = await acme.group(ALL)
    clock.advance(SECOND)
    const answer = await acme.put(`/Groups/${group.id}`, {
      schemas: [GROUP_URN],
      displayName: 'Research',
      externalId: 'y',
      members: membersOf(BEN, CLEO),
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: group.id,
      displayName: 'Research',
      externalId: 'y',
      members: [{ value: BEN }, { value: CLEO }],
      meta: {
        created: new Date(START).toISOString(),
        lastModified: new Date(START + SECOND).toISOString(),
        version: 'W/"2"',
      },
    })
    expect(answer.headers.get('etag')).toBe('W/"2"')
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${group.id}`)
    expect(answer.headers.get('location')).toBeNull()
    expect((await acme.get(`/Groups/${group.id}`)).body).toEqual(answer.body)
  })

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['absent members and externalId stay', {}, ALL],
    ['absent externalId stays', { members: membersOf(CLEO) }, { ...ALL, members: membersOf(CLEO) }],
    ['absent members stay', { externalId: 'y' }, { ...ALL, externalId: 'y' }],
    ['an empty list of members clears', { members: [] }, { ...ALL, members: [] }],
    ['members null clears', { members: null }, { ...ALL, members: [] }],
    ['externalId null clears', { externalId: null }, { ...ALL, externalId: undefined }],
    ['externalId [] clears', { externalId: [] }, { ...ALL, externalId: undefined }],
    ['an empty externalId asserts nothing', { externalId: '' }, ALL],
  ])('%s', async (_, sent, expected) => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    const { status, body } = await service.acme.put(`/Groups/${group.id}`, { displayName: 'Engineering', ...sent })
    expect(status).toBe(200)
    const { displayName, externalId } = body
    const members = body.members?.map(({ value }) => ({ value }))
    expect({ displayName, externalId, members }).toEqual(expected)
  })

  test.each([
    ['absent', {}],
    ['null', { displayName: null }],
    ['blank', { displayName: ' ' }],
    ['empty', { displayName: '' }],
  ])('a displayName that is %s: 400, and nothing changes', async (_, sent) => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    const answer = await service.acme.put(`/Groups/${group.id}`, { members: [], ...sent })
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('the echo of a GET, id and meta and all, changes nothing: no version, no change, no later date', async () => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    service.clock.advance(SECOND)
    const changes = () => service.rows('select * from {changes}')
    const before = await changes()
    const reversed = [...(group.members ?? [])].reverse()
    for (const body of [group, { ...group, members: reversed }, { ...group, members: [...reversed, ...reversed] }]) {
      const answer = await service.acme.put(`/Groups/${group.id}`, body)
      expect([answer.status, answer.body]).toEqual([200, group])
    }
    expect(await changes()).toEqual(before)
  })

  test('an id that differs: 400 mutability', async () => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    const long = `grp_${'x'.repeat(100_000)}`
    for (const id of ['grp_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'x', long]) {
      const answer = await service.acme.put(`/Groups/${group.id}`, { ...ALL, id, members: [] })
      expect(answer.body).toMatchObject({ status: '400', scimType: 'mutability' })
      expect(answer.text.length).toBeLessThan(1_000)
    }
    expect((await service.acme.put(`/Groups/${group.id}`, { ...ALL, id: 7 })).body.scimType).toBe('invalidValue')
    expect((await service.acme.put(`/Groups/${group.id}`, { ...ALL, ID: group.id })).status).toBe(200)
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('a body that cannot be read as members is never taken for an empty list', async () => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    for (const members of ['', 0, false, {}, [{}], [null], [[]], [{ value: '' }], [{ value: null }]]) {
      const answer = await service.acme.put(`/Groups/${group.id}`, { displayName: 'Engineering', members })
      expect([JSON.stringify(members), answer.status]).toEqual([JSON.stringify(members), 400])
    }
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('one request raises the version once, whatever it changes', async () => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    const sent = { displayName: 'B', externalId: 'b', members: membersOf(CLEO) }
    expect((await service.acme.put(`/Groups/${group.id}`, sent)).headers.get('etag')).toBe('W/"2"')
  })

  test('parameters of lists do not stop a PUT after it was applied', async () => {
    await using service = await startService(store)
    const group = await service.acme.group(ALL)
    const answer = await service.acme.put(`/Groups/${group.id}?count=x&attributes=displayName`, { displayName: 'B' })
    expect([answer.status, answer.body.displayName]).toEqual([200, 'B'])
    expect(answer.body).not.toHaveProperty('members')
  })
})
