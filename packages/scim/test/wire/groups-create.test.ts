import { describe, expect, test } from 'vitest'
import {
  ANA,
  BASE,
  BEN,
  CLEO,
  ERROR_URN,
  GROUP_URN,
  membersOf,
  PATCH_URN,
  START,
  STORES,
  startService,
} from './support.ts'

describe.each(STORES)('POST /Groups on %s (RFC 7644 §3.3)', (store) => {
  test('201 with the resource, its Location, its version and nothing more', async () => {
    await using service = await startService(store)
    const answer = await service.acme.post('/Groups', { schemas: [GROUP_URN], displayName: 'Engineering' })
    expect(answer.status).toBe(201)
    const { id } = answer.body
    expect(id).toMatch(/^grp_[0-9A-HJKMNP-TV-Z]{26}$/)
    const location = `${BASE}/Groups/${id}`
    expect(answer.body).toEqual({
      schemas: [GROUP_URN],
      id,
      displayName: 'Engineering',
      members: [],
      meta: {
        resourceType: 'Group',
        created: new Date(START).toISOString(),
        lastModified: new Date(START).toISOString(),
        location,
        version: 'W/"1"',
      },
    })
    expect(answer.headers.get('location')).toBe(location)
    expect(answer.headers.get('content-location')).toBe(location)
    expect(answer.headers.get('etag')).toBe('W/"1"')
    expect((await service.acme.get(`/Groups/${id}`)).body).toEqual(answer.body)
  })

  test('members and externalId come with it, and members read back with name, location and type', async () => {
    await using service = await startService(store)
    const { body, headers } = await service.acme.post('/Groups', {
      displayName: 'Engineering',
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      members: [
        { value: ANA, display: 'not her name', type: 'User' },
        { value: BEN, $ref: null },
        CLEO,
        { value: ANA },
      ],
    })
    expect(body.externalId).toBe('8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159')
    expect(body.members).toEqual([
      { value: ANA, $ref: `${BASE}/Users/${ANA}`, display: 'Ana Alvarez', type: 'User' },
      { value: BEN, $ref: `${BASE}/Users/${BEN}`, display: 'Ben "Bo" Brandt', type: 'User' },
      { value: CLEO, $ref: `${BASE}/Users/${CLEO}`, display: 'Cléo Ünal', type: 'User' },
    ])
    expect(headers.get('etag')).toBe('W/"1"')
  })

  test('a group that a provider made or wrote to is managed by it', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    expect((await service.scim.groups.find('acme', id))?.managed).toBe(true)
    await service.store.write((writer) => writer.run({ text: 'update {groups} set managed = 0' }, {}))
    // Also a write that changes nothing is the hand-over, and no new version.
    const answer = await service.acme.put(`/Groups/${id}`, { displayName: 'Engineering' })
    expect(answer.headers.get('etag')).toBe('W/"1"')
    expect((await service.scim.groups.find('acme', id))?.managed).toBe(true)
  })

  test('what Entra sends: a schema of its own and meta', async () => {
    await using service = await startService(store)
    const { status, body } = await service.acme.post('/Groups', {
      schemas: [GROUP_URN, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'Engineering',
      meta: { resourceType: 'Group' },
    })
    expect(status).toBe(201)
    expect(body.schemas).toEqual([GROUP_URN])
  })

  test('what only the service sets is passed over and named in the activity entry', async () => {
    await using service = await startService(store)
    const { status, body } = await service.acme.post('/Groups', {
      id: 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV',
      displayName: 'Engineering',
      description: 'x',
      meta: { created: '1999-01-01T00:00:00Z', version: 'W/"77"' },
      'urn:example:extension': { a: 1 },
    })
    expect(status).toBe(201)
    expect(body.id).not.toBe('grp_01ARZ3NDEKTSV4RRFFQ69G5FAV')
    expect(body.meta).toMatchObject({ created: new Date(START).toISOString(), version: 'W/"1"' })
    const [entry] = await service.scim.activity.list('acme')
    expect([...(entry?.ignored ?? [])].sort()).toEqual(['description', 'id', 'meta', 'urn:example:extension'])
    expect(entry).toMatchObject({ status: 201, groupId: body.id, effect: { created: true } })
  })

  test.each([
    ['missing', {}],
    ['null', { displayName: null }],
    ['empty', { displayName: '' }],
    ['blank', { displayName: ' \t\n  ' }],
    ['a number', { displayName: {} }],
    ['a list of two', { displayName: ['a', 'b'] }],
    ['1,025 characters', { displayName: 'x'.repeat(1025) }],
    ['1,025 characters outside of the BMP', { displayName: '😀'.repeat(1025) }],
  ])('a displayName that is %s: 400 invalidValue', async (_, body) => {
    await using service = await startService(store)
    const answer = await service.acme.post('/Groups', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '400', scimType: 'invalidValue' })
    expect(answer.body.detail).toContain('displayName')
    expect(await service.scim.groups.list('acme')).toEqual([])
  })

  test.each([
    ['blanks at both ends', '  Sales  '],
    ['quotation marks and backslashes', 'R&D "core" \\ \\" \'x\''],
    ['what Entra allows', '!@#$%^&*()_+=-{}][":;\'/.,?\\1'],
    ['decomposed characters', 'Cafe\u0301 A\u030a'],
    ['composed characters', 'Café Å'],
    ['beyond the BMP', '👩‍👩‍👧 𝔘𝔫𝔦'],
    ['controls', 'tab\tline\nbell\u0007'],
    ['right to left', 'عربي ‏ עברית'],
    ['LIKE wildcards', '100%_*?'],
    ['a filter', '" or displayName pr or displayName eq "'],
    ['SQL', "'; drop table scim_groups; --"],
    ['1,024 characters', 'x'.repeat(1024)],
    ['1,024 characters outside of the BMP', '😀'.repeat(1024)],
    ['null as a word', 'null'],
    ['the names of properties', '__proto__'],
  ])('a displayName with %s is kept verbatim and found by eq', async (_, displayName) => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName, externalId: displayName.slice(0, 500) })
    const { body } = await service.acme.get(`/Groups/${group.id}`)
    expect(body.displayName).toBe(displayName)
    const filter = `displayName eq ${JSON.stringify(displayName)}`
    const found = await service.acme.post('/Groups/.search', { filter })
    if (Buffer.byteLength(filter) > 4096) return expect(found.body.scimType).toBe('invalidFilter')
    expect(found.body.Resources.map(({ id }) => id)).toEqual([group.id])
    const url = `/Groups?filter=${encodeURIComponent(filter).replaceAll('%20', '+')}`
    expect((await service.acme.get(url)).body.totalResults).toBe(1)
  })

  test('externalId: opaque, empty and null are none', async () => {
    await using service = await startService(store)
    for (const [index, externalId] of ['', null].entries()) {
      expect(await service.acme.group({ displayName: `G${index}`, externalId })).not.toHaveProperty('externalId')
    }
    const answer = await service.acme.post('/Groups', { displayName: 'G', externalId: 'x'.repeat(1025) })
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
  })

  test.each<[string, unknown, RegExp]>([
    ['an ill-formed id', [{ value: 'ana' }], /"ana" is not the id of a user/],
    ['a group’s id', [{ value: 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV' }], /is a group/],
    ['a group by type', [{ value: ANA, type: 'Group' }], /is a group/],
    ['a number', [{ value: 7 }], /a number was sent/],
    ['a bare number', [7], /a number was sent/],
    ['an object without value', [{}], /null was sent/],
    ['a nested value', [{ value: { value: ANA } }], /an object was sent/],
    ['null', [null], /null was sent/],
    ['an id of 41 characters', [{ value: `usr_${'a'.repeat(41)}` }], /is not the id/],
    ['no list', 7, /"members" is a list/],
    ['true', true, /"members" is a list/],
  ])('a member that is %s: 400, and no group', async (_, members, detail) => {
    await using service = await startService(store)
    const answer = await service.acme.post('/Groups', { displayName: 'Engineering', members })
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect(answer.body.detail).toMatch(detail)
    expect(await service.scim.groups.list('acme')).toEqual([])
  })

  test('attribute names are read in any case; one in two cases is refused', async () => {
    await using service = await startService(store)
    const { status, body } = await service.acme.post('/Groups', { DISPLAYNAME: 'A', ExternalID: 'x', Members: [] })
    expect([status, body.displayName, body.externalId]).toEqual([201, 'A', 'x'])
    const twice = await service.acme.post('/Groups', { displayName: 'B', DisplayName: 'C' })
    expect(twice.body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
  })

  test('a PATCH body is no group', async () => {
    await using service = await startService(store)
    const answer = await service.acme.post('/Groups', { schemas: [PATCH_URN], Operations: [] })
    expect(answer.status).toBe(400)
  })

  test('the answer shows what `attributes` asks for, and other parameters do not stop it', async () => {
    await using service = await startService(store)
    const members = membersOf(ANA)
    const named = await service.acme.post('/Groups?attributes=displayName', { displayName: 'A', members })
    expect(named.body).toEqual({ schemas: [GROUP_URN], id: named.body.id, displayName: 'A' })
    const without = await service.acme.post('/Groups?excludedAttributes=members&aadOptscim062020', {
      displayName: 'B',
      members,
    })
    expect(without.body).not.toHaveProperty('members')
    // Parameters of lists mean nothing here: the group must not be created and the answer be an error.
    const odd = await service.acme.post('/Groups?count=many&startIndex=x&sortOrder=up', { displayName: 'C' })
    expect(odd.status).toBe(201)
  })
})
