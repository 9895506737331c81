import { describe, expect, test } from 'vitest'
import { ANA, type Answer, membersOf, patchOf, STORES, startService } from './support.ts'

const UNKNOWN_GROUP = 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV'
const THEIRS = 'usr_theirs'

/** The answer without what differs between any two requests, and without the ids asked for. */
function shape({ status, text, headers }: Answer, ...ids: string[]): unknown {
  const bare = ids.reduce((rest, id) => rest.replaceAll(id, '{id}'), text)
  return { status, type: headers.get('content-type'), text: bare.replace(/act_[0-9A-Z]{26}/, '') }
}

describe.each(STORES)('two workspaces on %s never see each other', (store) => {
  async function start() {
    const service = await startService(store)
    const globex = await service.tenant('globex')
    await service.scim.people.upsert('globex', [
      { id: THEIRS, userName: 'theo@globex.example', displayName: 'Theo' },
      { id: ANA, userName: 'ana@globex.example', displayName: 'The other Ana' },
    ])
    const theirs = await globex.group({ displayName: 'Secret', externalId: 's', members: membersOf(THEIRS, ANA) })
    return { service, globex, theirs, acme: service.acme, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
  }

  test('another’s group is answered as one that does not exist, by every method', async () => {
    await using started = await start()
    const { acme, globex, theirs } = started
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body = method === 'PUT' ? { displayName: 'x', members: [] } : { Operations: [] }
      const sent = method === 'PUT' || method === 'PATCH' ? { body } : {}
      const foreign = await acme.send(method, `/Groups/${theirs.id}`, sent)
      const unknown = await acme.send(method, `/Groups/${UNKNOWN_GROUP}`, sent)
      expect(foreign.status).toBe(404)
      expect(shape(foreign, theirs.id)).toEqual(shape(unknown, UNKNOWN_GROUP))
    }
    for (const key of [{ id: theirs.id }, { externalId: 's' }, {}]) {
      expect((await acme.put('/Groups', { ...key, displayName: 'Secret', members: [] })).status).toBe(404)
    }
    expect((await acme.patch('/Groups', { id: theirs.id, Operations: [] })).status).toBe(404)
    const path = '/Groups?filter=displayName%20eq%20%22Secret%22'
    expect((await acme.patch(path, patchOf({ op: 'remove', path: 'members' }))).status).toBe(404)
    expect((await globex.get(`/Groups/${theirs.id}`)).body).toEqual(theirs)
  })

  test('names and externalIds of another are free, and a 409 never speaks of it', async () => {
    await using started = await start()
    const ours = await started.acme.group({ displayName: 'SECRET', externalId: 's' })
    const answer = await started.acme.post('/Groups', { displayName: 'secret' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain(ours.id)
    expect(answer.text).not.toContain(started.theirs.id)
  })

  test('another’s person as member is as any unknown id', async () => {
    await using started = await start()
    const { acme, globex, service } = started
    const foreign = await acme.post('/Groups', { displayName: 'A', members: membersOf(THEIRS) })
    const unknown = await acme.post('/Groups', { displayName: 'A2', members: membersOf('usr_nobody') })
    expect(foreign.body.members).toEqual([{ value: THEIRS }])
    expect(unknown.body.members).toEqual([{ value: 'usr_nobody' }])
    expect((await globex.get(`/Users/${THEIRS}`)).body).not.toMatchObject({ groups: [{ value: foreign.body.id }] })
    // An id that both have is ours here and theirs there.
    const { body } = await acme.post('/Groups', { displayName: 'B', members: membersOf(ANA) })
    expect(body.members?.[0]?.display).toBe('Ana Alvarez')
    await service.scim.workspaces.change('acme', { unknownMembers: 'reject' })
    const rejected = await acme.post('/Groups', { displayName: 'C', members: membersOf(THEIRS) })
    const other = await acme.post('/Groups', { displayName: 'C', members: membersOf('usr_nobody') })
    expect(shape(rejected, THEIRS)).toEqual(shape(other, 'usr_nobody'))
  })

  test.each([
    'displayName pr',
    'displayName pr or displayName pr',
    'not (displayName eq "x")',
    'id pr or (members pr)',
    'displayName eq "x" or displayName eq "Secret"',
    'members.value eq "usr_theirs"',
    'members[display co "theo"]',
    'members[value eq "usr_ana" and display eq "the other ana"]',
    'externalId eq "s"',
    'meta.created gt "1970-01-01T00:00:00Z" or id eq "{theirs}"',
    'id eq "{theirs}"',
    'id eq "{theirs}" and members eq "usr_theirs"',
    'id ge "" or id lt "zzzz"',
    'meta.location co "{theirs}"',
  ])('a filter cannot reach beyond its workspace: %s', async (pattern) => {
    await using started = await start()
    const filter = encodeURIComponent(pattern.replaceAll('{theirs}', started.theirs.id))
    for (const query of [`filter=${filter}`, `filter=${filter}&cursor`, `filter=${filter}&count=0`]) {
      const { status, body } = await started.acme.get(`/Groups?${query}`)
      expect([status, body.totalResults, body.Resources]).toEqual([200, 0, []])
    }
    // And where it is written to, it is found.
    const own = await started.globex.get(`/Groups?filter=${filter}`)
    expect(own.body.totalResults).toBe(1)
  })

  test('people too: look-ups, filters and ids', async () => {
    await using started = await start()
    const { acme } = started
    expect((await acme.get(`/Users/${THEIRS}`)).status).toBe(404)
    for (const filter of ['userName eq "theo@globex.example"', `id eq "${THEIRS}"`, 'groups.display eq "Secret"']) {
      const { body } = await acme.get(`/Users?filter=${encodeURIComponent(filter)}`)
      expect([filter, body.totalResults]).toEqual([filter, 0])
    }
    const all = await acme.get('/Users?filter=userName%20pr%20or%20id%20pr')
    expect(all.body.totalResults).toBe(3)
    expect(all.text).not.toContain('globex')
  })

  test('a cursor of another workspace is refused', async () => {
    await using started = await start()
    const { acme, globex } = started
    for (const tenant of [acme, globex]) {
      for (const name of ['A', 'B', 'C']) await tenant.group({ displayName: name })
    }
    const first = await globex.get('/Groups?cursor&count=1')
    const { nextCursor = '' } = first.body
    expect((await globex.get(`/Groups?count=1&cursor=${nextCursor}`)).status).toBe(200)
    const answer = await acme.get(`/Groups?count=1&cursor=${nextCursor}`)
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidCursor' })
  })

  test('activity, tokens and references are of one workspace', async () => {
    await using started = await start()
    const { service, globex } = started
    const failed = await globex.get('/Groups/grp_x')
    const reference = /act_[0-9A-Z]+/.exec(failed.text)?.[0] ?? ''
    expect(await service.scim.activity.find('globex', reference)).toBeDefined()
    expect(await service.scim.activity.find('acme', reference)).toBeUndefined()
    expect((await service.scim.activity.list('acme')).length).toBe(0)
    expect(await service.scim.tokens.revoke('acme', globex.tokenId)).toBe(false)
    expect((await globex.get('/Groups')).status).toBe(200)
  })
})
