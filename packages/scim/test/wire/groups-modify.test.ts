import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/clock.ts'
import { ANA, BASE, BEN, CLEO, ERROR_URN, membersOf, patchOf, START, STORES, startService } from './support.ts'

const adds = (...ids: string[]) => ({ op: 'add', path: 'members', value: membersOf(...ids) })
const removes = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` })
const renames = (value: string) => ({ op: 'replace', path: 'displayName', value })

describe.each(STORES)('PATCH /Groups/{id} on %s (RFC 7644 §3.5.2)', (store) => {
  test('204 with the new version and without a body', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering' })
    service.clock.advance(SECOND)
    const answer = await service.acme.patch(`/Groups/${group.id}`, patchOf(adds(ANA), renames('Research')))
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([204, '', 'W/"2"'])
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${group.id}`)
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toMatchObject({
      displayName: 'Research',
      members: [{ value: ANA }],
      meta: { lastModified: new Date(START + SECOND).toISOString(), created: new Date(START).toISOString() },
    })
  })

  test.each<[string, string, Record<string, string>, 200 | 204]>([
    ['attributes', '?attributes=members', {}, 200],
    ['excludedAttributes', '?excludedAttributes=members', {}, 200],
    ['any case', '?ATTRIBUTES=displayName', {}, 200],
    ['Prefer', '', { Prefer: 'return=representation' }, 200],
    ['Prefer among others', '', { Prefer: 'respond-async, Return=Representation; foo=bar' }, 200],
    ['blank attributes', '?attributes=', {}, 204],
    ['return=minimal', '', { Prefer: 'return=minimal' }, 204],
    ['another preference', '', { Prefer: 'handling=lenient' }, 204],
    ['nothing', '', {}, 204],
    ['other parameters', '?count=x&aadOptscim062020', {}, 204],
  ])('%s: answers accordingly', async (_, query, headers, status) => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering' })
    const answer = await service.acme.patch(`/Groups/${group.id}${query}`, patchOf(adds(ANA)), { headers })
    expect(answer.status).toBe(status)
    if (status === 204) return expect(answer.text).toBe('')
    expect(answer.body.id).toBe(group.id)
    expect(answer.body.displayName === undefined).toBe(query === '?attributes=members')
    expect(answer.body.members === undefined).toBe(query.includes('excluded') || query.includes('ATTR'))
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${group.id}`)
  })

  test('operations apply in their order', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'Engineering', members: membersOf(CLEO) })
    const apply = async (...operations: unknown[]) => {
      expect((await acme.patch(`/Groups/${id}`, patchOf(...operations))).status).toBe(204)
      return acme.members(id)
    }
    expect(await apply(adds(ANA), removes(ANA))).toEqual([CLEO])
    expect(await apply(removes(ANA), adds(ANA))).toEqual([ANA, CLEO])
    expect(await apply(adds(BEN), { op: 'replace', path: 'members', value: membersOf(CLEO) }, adds(ANA))).toEqual([
      ANA,
      CLEO,
    ])
    expect(await apply({ op: 'remove', path: 'members' }, adds(BEN))).toEqual([BEN])
    expect(await apply({ op: 'remove', path: 'members[display co "brandt"]' }, adds(BEN, ANA), removes(ANA))).toEqual([
      BEN,
    ])
    expect(await apply(adds(ANA), { op: 'remove', path: 'members[display sw "ana"]' })).toEqual([BEN])
    await acme.patch(`/Groups/${id}`, patchOf(renames('A'), renames('B'), renames('C')))
    expect((await acme.get(`/Groups/${id}`)).body.displayName).toBe('C')
  })

  test.each<[string, unknown]>([
    ['an unknown attribute', { op: 'replace', path: 'description', value: 'x' }],
    ['a read-only attribute', { op: 'replace', path: 'meta.version', value: 'W/"9"' }],
    ['an unknown operation', { op: 'move', path: 'members' }],
    ['an operation without op that is no resource', { value: 7 }],
    ['a path that cannot be read', { op: 'add', path: 'members[value eq', value: [] }],
    ['a value that is no member', adds('x')],
    ['a group as member', adds('grp_01ARZ3NDEKTSV4RRFFQ69G5FAV')],
    ['an id that differs', { op: 'replace', value: { id: 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV', displayName: 'x' } }],
    ['a removal of the name', { op: 'remove', path: 'displayName' }],
    ['a blank name', renames(' ')],
    ['no target', { op: 'remove' }],
    ['an operation that is null', null],
    ['an operation that is a text', 'add'],
  ])('all or nothing: %s in the second operation leaves the first undone', async (_, second) => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering', members: membersOf(BEN) })
    const changes = await service.rows('select * from {changes}')
    const answer = await service.acme.patch(`/Groups/${group.id}`, patchOf(adds(ANA), second, renames('Research')))
    expect(answer.body.schemas).toEqual([ERROR_URN])
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain('Operation 2')
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
    expect(await service.rows('select * from {changes}')).toEqual(changes)
  })

  test('the error names the operation and its path', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    const refused = async (operation: unknown) => (await service.acme.patch(`/Groups/${id}`, patchOf(operation))).body
    expect(await refused({ op: 'add', path: 'nickName', value: 'x' })).toMatchObject({
      scimType: 'invalidPath',
      detail: expect.stringMatching(/Operation 1.*"nickName"/),
    })
    expect(await refused({ op: 'replace', path: 'id', value: 'x' })).toMatchObject({ scimType: 'mutability' })
    expect(await refused({ op: 'remove' })).toMatchObject({ scimType: 'noTarget' })
    expect(await refused({ op: 'add', path: 'members', value: 7 })).toMatchObject({ scimType: 'invalidValue' })
  })

  test('idempotent: no version, no date, no change', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'Engineering', externalId: 'x', members: membersOf(ANA) })
    service.clock.advance(SECOND)
    const changes = await service.rows('select * from {changes}')
    for (const operations of [
      [],
      [adds(ANA)],
      [adds(ANA, ANA), adds(ANA)],
      [removes(BEN)],
      [removes('usr_nobody'), removes('no id at all')],
      [renames('Engineering')],
      [{ op: 'replace', value: { id: group.id, displayName: 'Engineering' } }],
      [{ op: 'replace', value: group }],
      [{ op: 'replace', path: 'members', value: membersOf(ANA) }],
      [adds(BEN), removes(BEN)],
      [removes(ANA), adds(ANA)],
      [adds('usr_stranger'), removes('usr_stranger')],
      [renames('Other'), renames('Engineering')],
      [
        { op: 'remove', path: 'externalId' },
        { op: 'add', path: 'externalId', value: 'x' },
      ],
      [{ op: 'remove', path: 'members[display eq "ana alvarez"]' }, adds(ANA)],
    ]) {
      const answer = await service.acme.patch(`/Groups/${group.id}`, patchOf(...operations))
      const label = JSON.stringify(operations)
      expect([label, answer.status, answer.headers.get('etag')]).toEqual([label, 204, 'W/"1"'])
    }
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
    expect(await service.rows('select * from {changes}')).toEqual(changes)
    expect(await service.rows(`select id from {people} where id = 'usr_stranger' and state > 1`)).toEqual([])
  })

  test('each change has its actor, its request and who was moved by which operation', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering', members: membersOf(CLEO) })
    await service.acme.patch(`/Groups/${id}`, patchOf(renames('Research'), adds(ANA), adds(BEN), removes(CLEO)))
    const [entry] = await service.scim.activity.list('acme')
    const changes = await service.rows<{ kind: string; people: number }>(`
      select kind, actor, actor_label, request, people_count as people from {changes} order by key`)
    const common = { actor: 'token', actor_label: 'acme token' }
    expect(changes.slice(2)).toEqual(
      expect.arrayContaining([
        { ...common, kind: 'group_renamed', request: entry?.id, people: 0 },
        { ...common, kind: 'members_added', request: entry?.id, people: 2 },
        { ...common, kind: 'members_removed', request: entry?.id, people: 1 },
      ]),
    )
    expect(changes).toHaveLength(5)
    const people = await service.rows(`
      select p.id, coalesce(cp.operation, c.operation) as operation from {change_people} cp join {people} p on p.key = cp.person_key
      join {changes} c on c.key = cp.change_key where c.request = '${entry?.id}' order by p.id`)
    expect(people).toEqual([
      { id: ANA, operation: 1 },
      { id: BEN, operation: 2 },
      { id: CLEO, operation: 3 },
    ])
    expect(entry).toMatchObject({ status: 204, effect: { added: 2, removed: 1, renamed: ['Engineering', 'Research'] } })
  })

  test('attributes that are not known inside a value are passed over and named', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    const value = { displayName: 'Research', description: 'x', 'urn:x:y': 1, meta: { version: 'x' } }
    expect((await service.acme.patch(`/Groups/${id}`, patchOf({ op: 'Replace', value }))).status).toBe(204)
    const [entry] = await service.scim.activity.list('acme')
    expect([...(entry?.ignored ?? [])].sort()).toEqual(['description', 'meta', 'urn:x:y'])
    expect(entry?.rules).toContain('operation-name-case')
    expect((await service.acme.get(`/Groups/${id}`)).body.displayName).toBe('Research')
  })

  test('10,000 operations are applied, one more is refused', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    const operations = Array.from({ length: 10_000 }, (_, i) => adds(`usr_${i}`))
    expect((await service.acme.patch(`/Groups/${id}`, patchOf(...operations))).status).toBe(204)
    expect(await service.acme.members(id)).toHaveLength(10_000)
    const answer = await service.acme.patch(`/Groups/${id}`, patchOf(...operations, removes('usr_1')))
    expect(answer.body).toMatchObject({ status: '400', scimType: 'tooMany' })
    expect((await service.acme.get(`/Groups/${id}`)).headers.get('etag')).toBe('W/"2"')
    // Keys of a value without path are operations too.
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]))
    const many = Array.from({ length: 11 }, () => ({ op: 'add', value: wide }))
    expect((await service.acme.patch(`/Groups/${id}`, patchOf(...many))).body.scimType).toBe('tooMany')
  })

  test.each<[string, unknown]>([
    ['no Operations', {}],
    ['Operations null', { Operations: null }],
    ['Operations a text', { Operations: 'add' }],
    ['a list', []],
    ['null', null],
    ['a text', '"x"'],
    ['Operations twice', { Operations: [], operations: [] }],
  ])('a body with %s: 400 invalidSyntax', async (_, body) => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Engineering' })
    const answer = await service.acme.patch(`/Groups/${id}`, body)
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidSyntax' })
  })
})
