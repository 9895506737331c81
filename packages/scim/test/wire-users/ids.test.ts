import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, openService, PATCH_OP } from '../people/support.ts'

describe('a former id', () => {
  let client: Client
  let former: string
  let crew: string
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    former = await client.pending('pam@example.com')
    crew = await client.group('Crew', former)
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: [{ value: 'pam@example.com', verified: true }] })
  })

  it('finds the person by path', async () => {
    const { status, headers, body } = await client.get(`/Users/${former}`)
    expect([status, body.id]).toEqual([200, 'usr_pam'])
    expect(headers.get('content-location')).toMatch(/\/Users\/usr_pam$/)
    const written = await client.put(`/Users/${former}`, { id: former, nickName: 'P' })
    expect(written).toMatchObject({ status: 200, body: { id: 'usr_pam', nickName: 'P' } })
    expect(written.headers.get('content-location')).toMatch(/\/Users\/usr_pam$/)
  })

  it('is no other id in a body, whichever of them was addressed', async () => {
    for (const [addressed, sent] of [
      [former, former],
      [former, 'usr_pam'],
      ['usr_pam', former],
      ['usr_pam', 'usr_pam'],
    ])
      expect((await client.put(`/Users/${addressed}`, { id: sent, nickName: 'P' })).status).toBe(200)
    for (const sent of [former, 'usr_pam']) {
      const Operations = [{ op: 'replace', value: { id: sent, nickName: sent } }]
      const body = { schemas: [PATCH_OP], id: sent, Operations }
      expect(await client.send('PATCH', `/Users/${former}`, body)).toMatchObject({
        status: 200,
        body: { nickName: sent },
      })
    }
    await client.upsert({ id: 'usr_other', userName: 'other' })
    for (const addressed of [former, 'usr_pam']) {
      expect((await client.put(`/Users/${addressed}`, { id: 'usr_other' })).body.scimType).toBe('mutability')
      const other = await client.patch(`/Users/${addressed}`, [{ op: 'replace', value: { id: 'usr_other' } }])
      expect(other.body.scimType).toBe('mutability')
    }
  })

  it('finds the person by filter', async () => {
    expect(await client.find(`id eq "${former}"`)).toEqual(['usr_pam'])
    expect(await client.find(`id eq "${former}" and userName eq "pam@example.com"`)).toEqual(['usr_pam'])
    expect(await client.find(`not (id eq "${former}")`)).toEqual([])
    expect(await client.find(`id ne "${former}"`)).toEqual([])
  })

  it.each(['members eq', 'members.value eq'])('finds the groups by %s', async (comparison) => {
    await client.group('Other')
    // What Entra asks before it adds or removes.
    for (const id of [former, 'usr_pam']) {
      const filter = encodeURIComponent(`id eq "${crew}" and ${comparison} "${id}"`)
      expect((await client.get(`/Groups?excludedAttributes=members&filter=${filter}`)).body.totalResults).toBe(1)
      const path = encodeURIComponent(`members[value eq "${id}"]`)
      expect((await client.get(`/Groups?filter=${path}`)).body.Resources.map((group) => group.id)).toEqual([crew])
    }
  })

  it('is a member value: added once, removed in every form', async () => {
    expect(await client.members(crew)).toEqual(['usr_pam'])
    await client.addMembers(crew, former, 'usr_pam')
    expect(await client.members(crew)).toEqual(['usr_pam'])
    const removals = [
      { op: 'remove', path: 'members', value: [{ value: former }] },
      { op: 'remove', path: `members[value eq "${former}"]` },
      { op: 'replace', path: 'members', value: [] },
    ]
    for (const removal of removals) {
      await client.patch(`/Groups/${crew}`, [removal])
      expect(await client.members(crew)).toEqual([])
      await client.addMembers(crew, former)
      expect(await client.members(crew)).toEqual(['usr_pam'])
    }
    const version = await client.version(`/Groups/${crew}`)
    const put = await client.put(`/Groups/${crew}`, { displayName: 'Crew', members: [{ value: former }] })
    expect([put.status, put.headers.get('etag')]).toEqual([200, version])
    expect((await client.get(`/Groups/${crew}`)).body.members).toHaveLength(1)
  })

  it('is deleted as the person', async () => {
    expect((await client.delete(`/Users/${former}`)).status).toBe(204)
    expect(await client.members(crew)).toEqual([])
    expect((await client.get(`/Users/${former}`)).body.id).toBe('usr_pam')
  })

  it('is known to the host, which cannot give it to someone else', async () => {
    expect(await client.scim.people.find('acme', former)).toMatchObject({ id: 'usr_pam' })
    const refused = client.scim.people.upsert('acme', [{ userName: 'new' }, { id: former, userName: 'x' }])
    await expect(refused).rejects.toMatchObject({
      problems: [{ index: 1, reason: `"${former}" is a former id of usr_pam` }],
    })
    expect(await client.find('userName eq "new"')).toEqual([])
    expect(await client.remove(former)).toEqual(['usr_pam'])
    expect((await client.get('/Users/usr_pam')).status).toBe(404)
    expect((await client.get(`/Users/${former}`)).status).toBe(404)
    await expect(client.upsert({ id: former, userName: 'x' })).rejects.toMatchObject({ problems: [{ index: 0 }] })
    await client.upsert({ id: 'usr_pam', userName: 'pam' })
    expect((await client.get(`/Users/${former}`)).body.id).toBe('usr_pam')
  })
})

describe('versions of users', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
  })

  it('are raised by what changes something, once', async () => {
    const operations = [
      { op: 'replace', path: 'displayName', value: 'A' },
      { op: 'replace', path: 'active', value: false },
      { op: 'replace', path: 'displayName', value: 'B' },
    ]
    const first = await client.patch('/Users/usr_ana', operations)
    expect([first.headers.get('etag'), first.body.meta.version]).toEqual(['W/"2"', 'W/"2"'])
    expect((await client.patch('/Users/usr_ana', operations)).headers.get('etag')).toBe('W/"2"')
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'X' })
    expect(await client.version('/Users/usr_ana')).toBe('W/"3"')
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'X' })
    expect(await client.version('/Users/usr_ana')).toBe('W/"3"')
  })

  it('answer If-None-Match with 304', async () => {
    const known = await client.get('/Users/usr_ana', { 'if-none-match': 'W/"1"' })
    expect([known.status, known.headers.get('etag'), known.body]).toEqual([304, 'W/"1"', {}])
    expect((await client.get('/Users/usr_ana', { 'if-none-match': 'W/"7"' })).status).toBe(200)
  })

  it('are checked by If-Match on every write', async () => {
    const stale = { 'if-match': 'W/"7"' }
    const refused = [
      await client.put('/Users/usr_ana', { nickName: 'lost' }, stale),
      await client.patch('/Users/usr_ana', [{ op: 'replace', path: 'active', value: false }], stale),
      await client.delete('/Users/usr_ana', stale),
    ]
    for (const { status, body } of refused) {
      expect(status).toBe(412)
      expect(body.detail).toContain('W/"1"')
    }
    expect((await client.get('/Users/usr_ana')).body).toMatchObject({ active: true, meta: { version: 'W/"1"' } })
    expect((await client.put('/Users/usr_ana', { nickName: 'A' }, { 'if-match': 'W/"1"' })).status).toBe(200)
    expect((await client.put('/Users/usr_ana', { nickName: 'B' }, { 'if-match': '*' })).status).toBe(200)
    const both = { 'if-match': 'W/"1", W/"3"' }
    expect((await client.delete('/Users/usr_ana', both)).status).toBe(204)
  })
})
