import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ANA,
  BASE,
  type Body,
  ERROR_URN,
  PUBLIC_URL,
  referenceIn,
  type Service,
  STORES,
  startService,
} from './support.ts'

describe.each(STORES)('paths on %s (DESIGN 3.1)', (store) => {
  let service: Service
  let group: Body
  beforeAll(async () => {
    service = await startService(store)
    group = await service.acme.group({ displayName: 'Engineering' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const USERS = `${BASE}/Users`
  const GROUPS = `${BASE}/Groups`

  test.each([
    ['/Users', USERS],
    ['/Groups', GROUPS],
    // One surplus segment, as a base that ends in /Groups or /Users makes it.
    ['/Groups/Users', USERS],
    ['/Groups/Groups', GROUPS],
    ['/Users/Users', USERS],
    ['/Users/Groups', GROUPS],
    ['/Groups/ServiceProviderConfig', `${BASE}/ServiceProviderConfig`],
    ['/Groups/Schemas', `${BASE}/Schemas`],
    ['/Users/ResourceTypes', `${BASE}/ResourceTypes`],
    ['/Groups/ResourceTypes/Group', `${BASE}/ResourceTypes/Group`],
    [`/Groups/Users/${ANA}`, `${USERS}/${ANA}`],
    [`/Users/Users/${ANA}`, `${USERS}/${ANA}`],
    ['/Groups/Groups/{group}', `${GROUPS}/{group}`],
    ['/Users/Groups/{group}', `${GROUPS}/{group}`],
    // Any case of a resource word.
    ['/users', USERS],
    ['/GROUPS', GROUPS],
    ['/gRoUpS/uSeRs', USERS],
    ['/serviceproviderconfig', `${BASE}/ServiceProviderConfig`],
    ['/groups/GROUPS/{group}', `${GROUPS}/{group}`],
    // Slashes too many.
    ['/Groups/', GROUPS],
    ['/Groups//', GROUPS],
    ['//Groups', GROUPS],
    ['//Groups//Users//', USERS],
    ['/Groups/{group}/', `${GROUPS}/{group}`],
    ['//Groups//Groups//{group}//', `${GROUPS}/{group}`],
    // Percent-encoding that decodes to an allowed path.
    ['/%47roups', GROUPS],
    ['/%47roups/%55sers', USERS],
    ['/Groups/%67%72%70{group-rest}', `${GROUPS}/{group}`],
  ])('GET %s reads %s', async (path, location) => {
    const fill = (text: string) => text.replace('{group}', group.id).replace('{group-rest}', group.id.slice(3))
    const answer = await service.acme.get(fill(path))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-location')).toBe(fill(location))
  })

  test.each([
    ['/Groups/.search', 'Engineering'],
    ['/Groups/Groups/.search', 'Engineering'],
    ['/Users/Groups/.search', 'Engineering'],
    ['/groups//.search/', 'Engineering'],
    ['/Users/.search', 'Ana Alvarez'],
    ['/Groups/Users/.search', 'Ana Alvarez'],
    ['/Users/Users/.search', 'Ana Alvarez'],
  ])('POST %s searches its own resources', async (path, first) => {
    const answer = await service.acme.post(path, { sortBy: 'displayName' })
    expect(answer.status).toBe(200)
    expect(answer.body.Resources[0]?.displayName).toBe(first)
  })

  test.each(['?', '&', '?&', '?aadOptscim062020', '?aadOptscim062020=&', '?a=b&a=c', '?__proto__=x', '?%zz=%'])(
    'a query of "%s" changes nothing',
    async (query) => {
      const answer = await service.acme.get(`/Groups${query.startsWith('?') ? '' : '?'}${query}`)
      expect(answer.status).toBe(200)
      expect(answer.body.totalResults).toBe(1)
    },
  )

  test('"+" in a query is a blank', async () => {
    const { body } = await service.acme.get('/Groups?filter=displayName+eq+%22Engineering%22&')
    expect(body.totalResults).toBe(1)
  })

  test('a doubled slash before the base is passed over', async () => {
    const url = `${PUBLIC_URL}//api/auth//scim/v2/Groups`
    expect((await service.acme.get('', { url })).status).toBe(200)
  })

  // Each is a route that does not exist: 401 without a token, whatever it looks like, and 404 with one.
  test.each([
    '/',
    '',
    '/Unknown',
    '/Groups/Groups/Groups/Groups',
    '/Groups/Groups/Groups/{group}',
    '/Users/Groups/Users',
    '/Groups/{group}/members',
    '/Groups/Unknown/Users',
    '/Groups%2FUsers',
    '/Groups%2F{group}',
    '/Groups/..%2FUsers',
    '/Groups/%2e%2e%2fUsers',
    '/Groups;v=1',
    '/Groups;/Users',
    '/Groups/{group};v=1',
    '/Groups/{group}%00',
    '/Groups/%00',
    '/Groups/%',
    '/Groups/%zz',
    '/%ff%fe',
    '/Groups%20',
    '/Groups/a b',
    '/Groups/constructor',
    '/Groups/__proto__',
    '/__proto__',
    '/ServiceProviderConfig/x',
    '/Schemas/x/y',
    '/Bulk/x',
    '/Groups/{long}',
    '/%2547roups',
  ])('%s: 401 without a token, 404 with one', async (pattern) => {
    const path = pattern.replace('{group}', group.id).replace('{long}', 'x'.repeat(5_000))
    for (const method of ['GET', 'POST', 'DELETE']) {
      const body = method === 'POST' ? {} : undefined
      const closed = await service.acme.send(method, path, { token: null, body })
      expect(closed.status).toBe(401)
      expect(closed.body).toMatchObject({ schemas: [ERROR_URN], status: '401' })
    }
    const answer = await service.acme.get(path)
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '404' })
    expect(answer.body.detail?.length).toBeLessThan(600)
    const entry = await service.scim.activity.find('acme', referenceIn(answer.body.detail))
    expect(entry?.status).toBe(404)
    expect(`${entry?.detail}${entry?.groupId}`).not.toContain('\0')
    expect(entry?.groupId?.length ?? 0).toBeLessThan(200)
  })

  test.each([
    '/v2/Groups',
    '/api/auth/scim/v2Groups',
    '/api/auth/scim/v1/Groups',
    '/api/auth/scim',
    '/api/auth/scim/v2;/Groups',
    '/api/auth/other/../scim/v2x/Groups',
  ])('%s is outside of the base: 401 without a token, 404 with one', async (path) => {
    const url = `${PUBLIC_URL}${path}`
    expect((await service.acme.get('', { url, token: null })).status).toBe(401)
    expect((await service.acme.get('', { url })).status).toBe(404)
  })

  test('`/Groups/Groups/Groups` is a group of the id "Groups", since one surplus segment is dropped and not two', async () => {
    const answer = await service.acme.get('/Groups/Groups/Groups')
    expect(answer.status).toBe(404)
    expect(answer.body.detail).toContain('There is no group "Groups"')
  })

  test.each([
    ['/Me', 'The /Me alias'],
    ['/me', 'The /Me alias'],
    ['/Groups/Me', 'The /Me alias'],
    ['/.search', 'Search across resource types'],
    ['/Bulk', 'Bulk'],
    ['/bulk/', 'Bulk'],
    ['/Groups/Bulk', 'Bulk'],
    ['/Users/Bulk', 'Bulk'],
  ])('%s is not offered: 501', async (path, feature) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await service.acme.send(method, path, method === 'GET' ? {} : { body: {} })
      expect(answer.status).toBe(501)
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '501' })
      expect(answer.body.detail).toContain(feature)
    }
    expect((await service.acme.get(path, { token: null })).status).toBe(401)
  })
})

describe.each(STORES)('methods on %s', (store) => {
  let service: Service
  let group: Body
  beforeAll(async () => {
    service = await startService(store)
    group = await service.acme.group({ displayName: 'Engineering' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const READ = 'HEAD, GET'
  test.each([
    ['/Groups', 'HEAD, GET, POST, PUT, PATCH', ['DELETE', 'OPTIONS', 'PURGE']],
    ['/Groups/{group}', 'HEAD, GET, PUT, PATCH, DELETE', ['POST', 'OPTIONS']],
    ['/Groups/.search', 'POST', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ['/Users', 'HEAD, GET, POST', ['PUT', 'PATCH', 'DELETE']],
    [`/Users/${ANA}`, 'HEAD, GET, PUT, PATCH, DELETE', ['POST']],
    ['/Users/.search', 'POST', ['GET', 'PUT']],
    ['/ServiceProviderConfig', READ, ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/Schemas', READ, ['POST', 'DELETE']],
    ['/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group', READ, ['PUT']],
    ['/ResourceTypes', READ, ['POST']],
    ['/ResourceTypes/Group', READ, ['PATCH']],
  ])('%s allows %s', async (pattern, allow, others) => {
    const path = pattern.replace('{group}', group.id)
    for (const method of others) {
      const answer = await service.acme.send(method, path, ['GET', 'HEAD'].includes(method) ? {} : { body: {} })
      expect([method, answer.status]).toEqual([method, 405])
      expect(answer.headers.get('allow')).toBe(allow)
      if (method !== 'HEAD') expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '405' })
    }
  })

  test('methods are case-sensitive', async () => {
    expect((await service.acme.send('patch', `/Groups/${group.id}`, { body: {} })).status).toBe(405)
  })

  test.each(['/Groups', '/Groups/{group}', '/Users', '/ServiceProviderConfig', '/Groups/grp_unknown', '/Nothing'])(
    'HEAD %s has the head of GET and no body',
    async (pattern) => {
      const path = pattern.replace('{group}', group.id)
      const [get, head] = [
        await service.acme.get(`${path}?count=5`),
        await service.acme.send('HEAD', `${path}?count=5`),
      ]
      expect(head.status).toBe(get.status)
      expect([...head.headers]).toEqual([...get.headers])
      expect(head.text).toBe('')
    },
  )
})
