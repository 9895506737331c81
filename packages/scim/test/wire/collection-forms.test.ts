import { describe, expect, test } from 'vitest'
import { ANA, BASE, BEN, ERROR_URN, membersOf, patchOf, STORES, startService } from './support.ts'

const UNKNOWN = 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV'
const adds = (...ids: string[]) => patchOf({ op: 'add', path: 'members', value: membersOf(...ids) })

describe.each(STORES)('PUT /Groups on %s (DESIGN 3.3)', (store) => {
  test('the key is the first of id, externalId and displayName that is there; the others are data', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', externalId: 'a' })
    const b = await acme.group({ displayName: 'B', externalId: 'b' })
    const byId = await acme.put('/Groups', { id: a.id, externalId: 'a2', displayName: 'A2' })
    expect([byId.status, byId.body.id]).toEqual([200, a.id])
    expect(byId.headers.get('content-location')).toBe(`${BASE}/Groups/${a.id}`)
    expect(byId.headers.get('location')).toBeNull()
    const byExternalId = await acme.put('/Groups', { externalId: 'a2', displayName: 'A3', members: membersOf(ANA) })
    expect(byExternalId.body).toMatchObject({ id: a.id, displayName: 'A3', members: [{ value: ANA }] })
    const byName = await acme.put('/Groups', { displayName: 'a3', members: [] })
    expect(byName.body).toMatchObject({ id: a.id, externalId: 'a2', displayName: 'a3', members: [] })
    expect((await acme.get(`/Groups/${b.id}`)).body).toEqual(b)
  })

  test('null and empty are not there', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', externalId: 'a' })
    for (const absent of [null, '']) {
      const answer = await acme.put('/Groups', { id: absent, externalId: absent, displayName: 'A' })
      expect([answer.status, answer.body.id]).toEqual([200, a.id])
    }
    expect((await acme.get(`/Groups/${a.id}`)).body).not.toHaveProperty('externalId')
  })

  test('a key that is not found is a 404, whatever else would match, and creates nothing', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', externalId: 'a' })
    for (const [body, named] of [
      [{ id: UNKNOWN, externalId: 'a', displayName: 'A' }, UNKNOWN],
      [{ id: 'a', displayName: 'A' }, 'id "a"'],
      [{ id: 'x'.repeat(50_000), displayName: 'A' }, 'id "xxx'],
      [{ externalId: 'A', displayName: 'A' }, 'externalId "A"'],
      [{ externalId: a.id, displayName: 'A' }, `externalId "${a.id}"`],
      [{ displayName: 'New' }, 'displayName "New"'],
    ] as const) {
      const answer = await acme.put('/Groups', { ...body, members: membersOf(ANA) })
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '404' })
      expect(answer.body.detail).toContain(named)
      expect(answer.text.length).toBeLessThan(1_000)
    }
    expect((await acme.get('/Groups')).body.Resources).toEqual([a])
  })

  test('none of the three: 400', async () => {
    await using service = await startService(store)
    await service.acme.group({ displayName: 'A' })
    const answer = await service.acme.put('/Groups', { members: [] })
    expect(answer.body).toMatchObject({ status: '400', scimType: 'noTarget' })
    expect((await service.acme.put('/Groups', [])).body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
  })

  test('found, it is as on /{id}: an absent displayName is a 400, absent members stay', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', externalId: 'a', members: membersOf(ANA) })
    for (const key of [{ id: a.id }, { externalId: 'a' }]) {
      const answer = await acme.put('/Groups', { ...key, members: [] })
      expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    }
    expect((await acme.put('/Groups', { id: a.id, displayName: 'A' })).body).toEqual(a)
    await acme.group({ displayName: 'Taken' })
    expect((await acme.put('/Groups', { id: a.id, displayName: 'taken' })).status).toBe(409)
  })

  test('the entry in the activity is that of the group', async () => {
    await using service = await startService(store)
    const a = await service.acme.group({ displayName: 'A' })
    await service.acme.put('/Groups', { displayName: 'A', members: membersOf(ANA) })
    const [entry] = await service.scim.activity.list('acme')
    expect(entry).toMatchObject({ route: '/Groups', method: 'PUT', groupId: a.id, effect: { added: 1 } })
  })
})

describe.each(STORES)('PATCH /Groups on %s (DESIGN 3.3)', (store) => {
  test('a top-level id in the body names the target', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A' })
    const answer = await acme.patch('/Groups', { id: a.id, ...adds(ANA) })
    expect([answer.status, answer.headers.get('etag')]).toEqual([204, 'W/"2"'])
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${a.id}`)
    // SCIM 1.1, as OneLogin writes it.
    const old = { schemas: ['urn:scim:schemas:core:1.0'], ID: a.id, members: [{ value: BEN, operation: 'add' }] }
    expect((await acme.patch('/Groups', old)).status).toBe(204)
    expect(await acme.members(a.id)).toEqual([ANA, BEN])
    expect((await acme.patch('/Groups?attributes=members', { id: a.id, Operations: [] })).status).toBe(200)
  })

  test('the id decides, also where a filter matches another group', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A' })
    const b = await acme.group({ displayName: 'B' })
    const path = '/Groups?filter=displayName+eq+%22B%22'
    expect((await acme.patch(path, { id: a.id, ...adds(ANA) })).status).toBe(204)
    expect((await acme.get(`/Groups/${b.id}`)).body).toEqual(b)
    expect((await acme.patch(path, { id: UNKNOWN, ...adds(ANA) })).status).toBe(404)
    expect((await acme.get(`/Groups/${b.id}`)).body).toEqual(b)
  })

  test('the one group that the filter matches', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', externalId: 'x' })
    await acme.group({ displayName: 'B' })
    for (const filter of ['displayName eq "a"', 'externalId eq "x"', `id eq "${a.id}"`, `members eq "${ANA}"`]) {
      const answer = await acme.patch(`/Groups?filter=${encodeURIComponent(filter)}`, adds(ANA))
      expect([filter, answer.status]).toEqual([filter, 204])
    }
    expect(await acme.members(a.id)).toEqual([ANA])
  })

  test('operations that name the id of the target are those of /{id}', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A' })
    const path = '/Groups?filter=displayName+eq+%22A%22'
    const named = (id: string) => patchOf({ op: 'replace', value: { id, displayName: 'A' } })
    const addressed = (id: string) => patchOf({ op: 'replace', path: 'id', value: id })
    for (const body of [named, addressed]) {
      expect((await acme.patch(path, body(a.id))).status).toBe(204)
      expect((await acme.patch(path, body(UNKNOWN))).body).toMatchObject({ status: '400', scimType: 'mutability' })
      expect((await acme.patch('/Groups', { id: a.id, ...body(a.id) })).status).toBe(204)
    }
  })

  test('none matches: 404; several: 412; neither given: 400; a filter that cannot be read: 400', async () => {
    await using service = await startService(store)
    const { acme } = service
    const groups = [await acme.group({ displayName: 'AA' }), await acme.group({ displayName: 'AB' })]
    const filtered = (filter: string) => acme.patch(`/Groups?filter=${encodeURIComponent(filter)}`, adds(ANA))
    expect((await filtered('displayName eq "X"')).status).toBe(404)
    const several = await filtered('displayName sw "a"')
    expect(several.body).toMatchObject({ schemas: [ERROR_URN], status: '412' })
    expect(several.body.detail).toContain('2 groups')
    for (const path of ['/Groups', '/Groups?filter=', '/Groups?count=1']) {
      const answer = await acme.patch(path, adds(ANA))
      expect(answer.body).toMatchObject({ status: '400', scimType: 'noTarget' })
    }
    expect((await filtered('displayName eq')).body.scimType).toBe('invalidFilter')
    expect((await acme.patch('/Groups', { id: 7, Operations: [] })).body.scimType).toBe('invalidValue')
    expect((await acme.patch('/Groups', [])).body.scimType).toBe('invalidSyntax')
    expect((await acme.get('/Groups')).body.Resources).toEqual(groups)
  })
})
