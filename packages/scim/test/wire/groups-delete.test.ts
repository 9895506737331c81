import { describe, expect, test } from 'vitest'
import { ANA, BEN, ERROR_URN, membersOf, STORES, startService } from './support.ts'

describe.each(STORES)('DELETE /Groups/{id} on %s (RFC 7644 §3.6)', (store) => {
  test('204, then 404 for everything', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'Engineering', members: membersOf(ANA) })
    const answer = await acme.remove(`/Groups/${id}`)
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null])
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
      const body = method === 'PUT' ? { displayName: 'x' } : method === 'PATCH' ? { Operations: [] } : undefined
      const gone = await acme.send(method, `/Groups/${id}`, { body })
      expect(gone.body).toMatchObject({ schemas: [ERROR_URN], status: '404' })
    }
    expect((await acme.get('/Groups')).body.totalResults).toBe(0)
  })

  test('with its memberships; its people stay, and no other group is touched', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'A', members: membersOf(ANA, BEN) })
    const other = await acme.group({ displayName: 'B', members: membersOf(ANA) })
    await acme.remove(`/Groups/${id}`)
    expect(await service.rows('select person_key from {memberships}')).toHaveLength(1)
    expect((await acme.get(`/Groups/${other.id}`)).body).toEqual(other)
    const { body } = await acme.get(`/Users/${ANA}`)
    expect(body).toMatchObject({ id: ANA, groups: [{ value: other.id }] })
  })

  test('created again it is another group, empty, with the same name and externalId', async () => {
    await using service = await startService(store)
    const { acme } = service
    const wanted = { displayName: 'Engineering', externalId: 'x' }
    const first = await acme.group({ ...wanted, members: membersOf(ANA) })
    await acme.remove(`/Groups/${first.id}`)
    const second = await acme.group(wanted)
    expect(second.id).not.toBe(first.id)
    expect(second).toMatchObject({ members: [], meta: { version: 'W/"1"' } })
    expect((await acme.get(`/Groups/${first.id}`)).status).toBe(404)
  })

  test('its history names who was in it', async () => {
    await using service = await startService(store)
    const wanted = { displayName: 'Engineering', externalId: 'x', members: membersOf(ANA, BEN) }
    const { id } = await service.acme.group(wanted)
    await service.acme.remove(`/Groups/${id}`)
    const [change] = await service.rows(`
      select group_name as name, group_external_id as external, people_count as people from {changes}
      where kind = 'group_deleted' and group_id = '${id}'`)
    expect(change).toEqual({ name: 'Engineering', external: 'x', people: 2 })
    const people = await service.rows<{ id: string }>(`
      select p.id from {changes} c join {change_people} cp on cp.change_key = c.key join {people} p on p.key = cp.person_key
      where c.kind = 'group_deleted' and c.group_id = '${id}' order by p.id`)
    expect(people.map((row) => row.id)).toEqual([ANA, BEN])
  })

  test('a body on DELETE is passed over, readable or not', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    expect((await service.acme.remove(`/Groups/${id}`, { body: '{{{' })).status).toBe(204)
  })
})
