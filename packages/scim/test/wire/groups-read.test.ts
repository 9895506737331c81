import { describe, expect, test } from 'vitest'
import { ANA, BASE, BEN, ERROR_URN, membersOf, STORES, startService } from './support.ts'

describe.each(STORES)('GET /Groups/{id} on %s (RFC 7644 §3.4.1)', (store) => {
  test('200 with the resource, its version and its Content-Location', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering', members: membersOf(ANA) })
    const answer = await service.acme.get(`/Groups/${group.id}?excludedAttributes=members&x=1`)
    const { members: _, ...rest } = group
    expect([answer.status, answer.body]).toEqual([200, rest])
    expect(answer.headers.get('etag')).toBe('W/"1"')
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${group.id}?excludedAttributes=members&x=1`)
    expect(answer.headers.get('location')).toBeNull()
  })

  test.each(['grp_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'grp_x', ANA, '1', 'null', '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159'])(
    'the id %s is not known: 404',
    async (id) => {
      await using service = await startService(store)
      // Neither its externalId nor its name nor its row's key is a group's id.
      await service.acme.group({ displayName: 'null', externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159' })
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const body = method === 'PUT' ? { displayName: 'x' } : method === 'PATCH' ? { Operations: [] } : undefined
        const answer = await service.acme.send(method, `/Groups/${id}`, { body })
        expect(answer.status).toBe(404)
        expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '404' })
        expect(answer.body.detail).toContain(`There is no group "${id}"`)
        expect(answer.body).not.toHaveProperty('scimType')
      }
    },
  )

  test('ids are compared exactly', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    expect((await service.acme.get(`/Groups/${id.toLowerCase()}`)).status).toBe(404)
  })

  test('If-None-Match: 304 with the version and without a body', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering', members: membersOf(ANA, BEN) })
    for (const tag of ['W/"1"', '"1"', '1', '*', 'W/"9", W/"1"', ' W/"1" ,"x"']) {
      const answer = await service.acme.get(`/Groups/${id}`, { headers: { 'If-None-Match': tag } })
      expect([tag, answer.status, answer.text, answer.headers.get('etag')]).toEqual([tag, 304, '', 'W/"1"'])
      expect(answer.headers.get('content-type')).toBeNull()
    }
    for (const tag of ['W/"2"', '"x"', 'W/"11"', '', 'W/"1.0"', 'W/"-1"']) {
      expect((await service.acme.get(`/Groups/${id}`, { headers: { 'If-None-Match': tag } })).status).toBe(200)
    }
    await service.acme.put(`/Groups/${id}`, { displayName: 'Research' })
    expect((await service.acme.get(`/Groups/${id}`, { headers: { 'If-None-Match': 'W/"1"' } })).status).toBe(200)
  })

  test('the parameters of lists mean nothing to a single resource', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering' })
    const odd = 'filter=%28%28&count=many&startIndex=-x&sortBy=nothing&sortOrder=up&cursor=x'
    expect((await service.acme.get(`/Groups/${group.id}?${odd}`)).body).toEqual(group)
  })

  test('a member’s new name is shown, and is no new version', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering', members: membersOf(ANA) })
    await service.scim.people.upsert('acme', [{ id: ANA, userName: 'ana@acme.example', displayName: 'Ana Müller' }])
    const { body, headers } = await service.acme.get(`/Groups/${id}`)
    expect(body.members?.[0]?.display).toBe('Ana Müller')
    expect(headers.get('etag')).toBe('W/"1"')
  })
})
