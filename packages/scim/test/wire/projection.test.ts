import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANA, BASE, BEN, type Body, membersOf, type Service, STORES, startService } from './support.ts'

const URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'

describe.each(STORES)('attributes and excludedAttributes on %s (RFC 7644 §3.9)', (store) => {
  let service: Service
  let group: Body
  beforeAll(async () => {
    service = await startService(store)
    group = await service.acme.group({ displayName: 'Engineering', externalId: 'x', members: membersOf(ANA, BEN) })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const pick = (...keys: (keyof Body)[]) => Object.fromEntries(keys.map((key) => [key, group[key]]))
  const member = (...keys: ('value' | '$ref' | 'display' | 'type')[]) =>
    group.members?.map((each) => Object.fromEntries(keys.map((key) => [key, each[key]])))
  const ALWAYS = ['schemas', 'id'] as const

  test.each<[string, () => unknown]>([
    ['attributes=displayName', () => pick(...ALWAYS, 'displayName')],
    ['attributes=DISPLAYNAME,ExternalId', () => pick(...ALWAYS, 'displayName', 'externalId')],
    ['attributes=%20displayName%20,%20,members', () => pick(...ALWAYS, 'displayName', 'members')],
    ['attributes=displayName&attributes=externalId', () => pick(...ALWAYS, 'displayName', 'externalId')],
    [`attributes=${URN}:displayName`, () => pick(...ALWAYS, 'displayName')],
    ['attributes=id', () => pick(...ALWAYS)],
    ['attributes=nothing', () => pick(...ALWAYS)],
    ['attributes=__proto__,constructor', () => pick(...ALWAYS)],
    ['attributes=', () => group],
    ['attributes=,', () => group],
    ['attributes=meta.version', () => ({ ...pick(...ALWAYS), meta: { version: group.meta?.version } })],
    ['attributes=members.value', () => ({ ...pick(...ALWAYS), members: member('value') })],
    ['attributes=MEMBERS.Display,members.value', () => ({ ...pick(...ALWAYS), members: member('value', 'display') })],
    ['attributes=members.$ref', () => ({ ...pick(...ALWAYS), members: member('$ref') })],
    ['attributes=members.nothing', () => pick(...ALWAYS)],
    ['excludedAttributes=members', () => pick(...ALWAYS, 'externalId', 'displayName', 'meta')],
    ['excludedAttributes=Members,META', () => pick(...ALWAYS, 'externalId', 'displayName')],
    ['EXCLUDEDATTRIBUTES=members', () => pick(...ALWAYS, 'externalId', 'displayName', 'meta')],
    [`excludedAttributes=${URN}:members,meta`, () => pick(...ALWAYS, 'externalId', 'displayName')],
    ['excludedAttributes=id,schemas,nothing', () => group],
    ['excludedAttributes=members.display,members.$ref,members.type', () => ({ ...group, members: member('value') })],
    ['excludedAttributes=members&attributes=members,displayName', () => pick(...ALWAYS, 'displayName')],
  ])('?%s', async (query, expected) => {
    expect((await service.acme.get(`/Groups/${group.id}?${query}`)).body).toEqual(expected())
    expect((await service.acme.get(`/Groups?${query}`)).body.Resources).toEqual([expected()])
    expect((await service.acme.get(`/Groups?cursor&${query}`)).body.Resources).toEqual([expected()])
    const same = { displayName: 'Engineering' }
    expect((await service.acme.put(`/Groups/${group.id}?${query}`, same)).body).toEqual(expected())
    const wanted = new URLSearchParams(query)
    const search = Object.fromEntries([...wanted.keys()].map((name) => [name, wanted.getAll(name)]))
    expect((await service.acme.post('/Groups/.search', search)).body.Resources).toEqual([expected()])
  })

  test.each([
    'excludedAttributes=members',
    'excludedAttributes=MEMBERS',
    'attributes=displayName',
    'attributes=id,meta.version',
    `excludedAttributes=${URN}:members`,
    'excludedAttributes=members&filter=displayName+eq+%22Engineering%22',
    'excludedAttributes=members&cursor',
    'excludedAttributes=members&sortBy=displayName',
  ])('members are not read for ?%s', async (query) => {
    const { acme, store: observed } = service
    const asked = await observed.during(async () => {
      await acme.get(`/Groups?${query}`)
      await acme.get(`/Groups/${group.id}?${query}`)
      await acme.put(`/Groups/${group.id}?${query.split('&')[0]}`, { displayName: 'Engineering' })
    })
    expect(asked.filter((text) => /\{(memberships|people)\}/.test(text))).toEqual([])
    const whole = await observed.during(() => acme.get(`/Groups/${group.id}`))
    expect(whole.some((text) => text.includes('{memberships}'))).toBe(true)
  })

  test('an empty group reads an empty list, and none where members are not asked for', async () => {
    const empty = await service.acme.group({ displayName: 'Empty' })
    expect((await service.acme.get(`/Groups/${empty.id}`)).body.members).toEqual([])
    expect((await service.acme.get(`/Groups/${empty.id}?attributes=members`)).body.members).toEqual([])
    expect((await service.acme.get(`/Groups/${empty.id}?attributes=members.value`)).body.members).toEqual([])
    expect((await service.acme.get(`/Groups/${empty.id}?excludedAttributes=members`)).body).not.toHaveProperty(
      'members',
    )
    await service.acme.remove(`/Groups/${empty.id}`)
  })

  test('locations are those of the public URL, whatever host was asked', async () => {
    const url = `http://evil.example:9999/api/auth/scim/v2/Groups/${group.id}`
    const headers = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }
    const answer = await service.acme.get('', { url, headers })
    expect(answer.body.meta?.location).toBe(`${BASE}/Groups/${group.id}`)
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/${group.id}`)
    expect(answer.text).not.toContain('evil.example')
  })

  test('a public URL with a path of its own is kept', async () => {
    await using other = await startService(store, { publicUrl: 'https://example.org/app/' })
    const { meta } = await other.acme.group({ displayName: 'A' })
    expect(meta?.location).toMatch(/^https:\/\/example\.org\/app\/api\/auth\/scim\/v2\/Groups\/grp_/)
  })
})
