import { describe, expect, test } from 'vitest'
import { ANA, BEN, ERROR_URN, membersOf, patchOf, STORES, startService } from './support.ts'

const adds = (...ids: string[]) => patchOf({ op: 'add', path: 'members', value: membersOf(...ids) })

describe.each(STORES)('versions and preconditions on %s (RFC 7644 §3.14)', (store) => {
  test('each request that changes something raises the version by one, and the tag is the same everywhere', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'A' })
    const writes: (() => Promise<{ headers: Headers }>)[] = [
      () => acme.patch(`/Groups/${id}`, adds(ANA)),
      () => acme.patch(`/Groups/${id}`, patchOf({ op: 'remove', path: 'members' })),
      () => acme.put(`/Groups/${id}`, { displayName: 'B', externalId: 'x', members: membersOf(BEN) }),
      () => acme.put(`/Groups/${id}`, { displayName: 'b' }),
      () => acme.patch(`/Groups/${id}?attributes=id`, patchOf({ op: 'remove', path: 'externalId' })),
    ]
    for (const [index, write] of writes.entries()) {
      const tag = `W/"${index + 2}"`
      expect((await write()).headers.get('etag')).toBe(tag)
      const { headers, body } = await acme.get(`/Groups/${id}`)
      expect([headers.get('etag'), body.meta?.version]).toEqual([tag, tag])
      expect((await acme.get('/Groups')).body.Resources[0]?.meta?.version).toBe(tag)
    }
  })

  const WRITES = ['PUT', 'PATCH', 'DELETE'] as const
  const bodyFor = (method: (typeof WRITES)[number]) =>
    method === 'PUT' ? { displayName: 'B', members: [] } : method === 'PATCH' ? adds(BEN) : undefined

  test.each(WRITES)('%s with an If-Match that is not the version: 412, and nothing changes', async (method) => {
    await using service = await startService(store)
    const { acme } = service
    const group = await acme.group({ displayName: 'A', members: membersOf(ANA) })
    for (const tag of ['W/"2"', '"2"', 'W/"0"', '"abc"', 'W/"', 'garbage', 'W/"11"', 'W/"9007199254740993"', ',']) {
      const headers = { 'If-Match': tag }
      const answer = await acme.send(method, `/Groups/${group.id}`, { body: bodyFor(method), headers })
      expect([tag, answer.status]).toEqual([tag, 412])
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '412' })
      expect(answer.body.detail).toContain('W/"1"')
    }
    expect((await acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test.each(
    WRITES.flatMap((method) => ['W/"1"', '"1"', '*', ' W/"7" , W/"1" ', ''].map((tag) => [method, tag] as const)),
  )('%s with If-Match %s is applied', async (method, tag) => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'A' })
    const headers = { 'If-Match': tag }
    const answer = await service.acme.send(method, `/Groups/${id}`, { body: bodyFor(method), headers })
    expect(answer.status).toBe(method === 'PUT' ? 200 : 204)
  })

  test('a precondition is checked also where nothing would change, and the resource’s absence comes first', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'A' })
    const stale = { headers: { 'If-Match': 'W/"9"' } }
    expect((await service.acme.put(`/Groups/${id}`, { displayName: 'A' }, stale)).status).toBe(412)
    expect((await service.acme.put('/Groups/grp_x', { displayName: 'A' }, stale)).status).toBe(404)
  })

  test('If-Match holds in the transaction: of 16 clients with one version, one writes', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'A' })
    const headers = { 'If-Match': 'W/"1"' }
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => acme.patch(`/Groups/${id}`, adds(`usr_${i}`), { headers })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(15).fill(412)])
    expect(await acme.members(id)).toHaveLength(1)
  })

  test('it holds for PUT and PATCH on the collection as well', async () => {
    await using service = await startService(store)
    const { acme } = service
    const group = await acme.group({ displayName: 'A' })
    const stale = { headers: { 'If-Match': 'W/"2"' } }
    expect((await acme.put('/Groups', { displayName: 'A', members: membersOf(ANA) }, stale)).status).toBe(412)
    expect((await acme.patch('/Groups', { id: group.id, ...adds(ANA) }, stale)).status).toBe(412)
    expect((await acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('without If-Match parallel changes are all applied and none conflicts', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'A' })
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => acme.patch(`/Groups/${id}`, adds(`usr_${i}`))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await acme.members(id)).toHaveLength(64)
    expect((await acme.get(`/Groups/${id}`)).headers.get('etag')).toBe('W/"65"')
  })
})
