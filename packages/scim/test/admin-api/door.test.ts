import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/base/clock.ts'
import { ADMIN, BASE, keyFor, OPERATOR, ORIGIN, openAdmin } from './support.ts'

describe('who asks', () => {
  test('is told who they are, and what they may', async () => {
    const service = await openAdmin()
    expect((await service.as(OPERATOR).get('/me')).json).toMatchObject({
      ...{ kind: 'operator', id: 'adm_olga', name: 'Olga', email: 'olga@optimaite.example', workspaces: 'all' },
      features: { signIn: false, rehearsals: false, guides: false },
    })
    const { json } = await service.as(ADMIN).get('/me')
    expect(json).toMatchObject({ kind: 'workspace_admin', workspaces: ['acme'] })
    expect(json.scopes).toContain('people:write')
    expect(json.scopes).not.toContain('workspaces:write')
    const key = await keyFor(service, 'acme', 'people:read')
    const own = await service.bearing(`bearer  ${key}`).get('/me')
    expect(own.json).toMatchObject({ kind: 'api_key', name: 'Host', workspaces: ['acme'], scopes: ['people:read'] })
  })

  test('by a key that has ended is nobody, whoever is signed in beside', async () => {
    const service = await openAdmin({ authorizeAdmin: async () => OPERATOR })
    const issued = await service.scim.apiKeys.issue({
      ...{ name: 'Host', scopes: ['people:read'], workspace: null, by: 'test' },
      expiresAt: service.client.clock.now + DAY,
    })
    const host = service.bearing(`Bearer ${issued.text}`)
    expect((await host.get('/workspaces/acme/people')).status).toBe(200)
    service.client.clock.now += 2 * DAY
    const expired = await host.get('/workspaces/acme/people')
    expect([expired.status, expired.json.code]).toEqual([401, 'api_key_refused'])
    expect(expired.headers.get('www-authenticate')).toBe('Bearer')
    for (const text of ['opt_key_', 'opt_key_x', `${issued.text}x`, issued.text.slice(0, -1)])
      expect((await service.bearing(`Bearer ${text}`).get('/me')).json.code).toBe('api_key_refused')
    // What is no key of ours is the host's to read.
    expect((await service.bearing('Bearer eyJhbGciOi').get('/me')).json.kind).toBe('operator')
  })

  test('by a key that asks too often waits as long as it is told, and no other does', async () => {
    const service = await openAdmin({ rateLimit: { perSecond: 0.5, burst: 2 } })
    const [busy, other] = [await keyFor(service, 'acme', 'people:read'), await keyFor(service, 'acme', 'people:read')]
    const host = service.bearing(`Bearer ${busy}`)
    for (const path of ['/me', '/nothing']) expect((await host.get(path)).status).not.toBe(429)
    const refused = await host.get('/workspaces/acme/people')
    expect([refused.status, refused.json.code]).toEqual([429, 'too_many_calls'])
    expect(refused.json.detail).toBe('Too many requests with this API key. Try again in 2 s.')
    expect(refused.headers.get('retry-after')).toBe('2')
    expect((await service.bearing(`Bearer ${other}`).get('/me')).status).toBe(200)
    for (let i = 0; i < 5; i++) expect((await service.as(ADMIN).get('/me')).status).toBe(200)
    service.client.clock.now += 2_000
    expect((await host.get('/me')).status).toBe(200)
    expect((await host.get('/me')).status).toBe(429)
  })

  test('without a limit asks as often as they like', async () => {
    const service = await openAdmin({ rateLimit: { perSecond: 0, burst: 0 } })
    const host = service.bearing(`Bearer ${await keyFor(service, 'acme', 'people:read')}`)
    for (let i = 0; i < 5; i++) expect((await host.get('/me')).status).toBe(200)
  })

  test('of a workspace that is another’s learns no more than of one that is not there', async () => {
    const service = await openAdmin()
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const admin = service.as(ADMIN)
    for (const path of ['', '/people', '/people/usr_a', '/groups/grp_x/members', '/tokens', '/audit', '/health']) {
      const [there, missing] = [await admin.get(`/workspaces/zeta${path}`), await admin.get(`/workspaces/none${path}`)]
      const plain = ({ json }: typeof there) => JSON.stringify({ ...json, request: '' }).replaceAll(/zeta|none/g, '')
      expect([path, there.status, plain(there)]).toEqual([path, 404, plain(missing)])
      expect((await service.as(OPERATOR).get(`/workspaces/none${path}`)).json.code).toBe('workspace_unknown')
    }
  })

  test('gets to nothing by another spelling of a path', async () => {
    const service = await openAdmin()
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const admin = service.as(ADMIN)
    const spellings = [
      ...['/workspaces/%7Aeta/tokens', '/workspaces/zeta%2Ftokens', '/workspaces/acme/../zeta/tokens'],
      ...['/workspaces/acme%2F..%2Fzeta/tokens', '/workspaces/ZETA/tokens', '/workspaces//zeta/tokens'],
      ...[
        '/workspaces/zeta/tokens/',
        '/workspaces/zeta;/tokens',
        '/workspaces/%257Aeta/tokens',
        '/%77orkspaces/zeta/tokens',
      ],
      ...['/workspaces/zeta%00/tokens', '/workspaces/%zz/tokens', '/workspaces/zeta%20/tokens'],
    ]
    for (const path of spellings) {
      const { status, json } = await admin.get(path)
      expect([path, status, ['workspace_unknown', 'route_unknown'].includes(json.code)]).toEqual([path, 404, true])
      expect((await service.as(undefined).get(path)).status).toBe(401)
    }
  })
})

describe('a change from a browser', () => {
  test.each([
    [undefined],
    ['null'],
    ['https://evil.example'],
    ['http://scim.example'],
    [`${ORIGIN}.evil.example`],
    [`${ORIGIN}:8443`],
  ])('with the Origin %s is refused, and nothing is done', async (origin) => {
    const service = await openAdmin()
    const headers = { ...(origin !== undefined && { origin }), 'content-type': 'application/json' }
    const body = JSON.stringify({ displayName: 'Sales' })
    const api = (await openAdmin({ authorizeAdmin: async () => OPERATOR })).api
    const request = new Request(`${BASE}/workspaces/acme/groups`, { method: 'POST', headers, body })
    const response = await api.fetch(request, { address: null })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'origin_refused'])
    expect(await service.scim.groups.list('acme')).toEqual([])
  })

  test('from this site, or another that was named, is made', async () => {
    const service = await openAdmin({ origins: ['http://localhost:3000'] })
    const admin = service.as(ADMIN)
    expect((await admin.post('/workspaces/acme/groups', { displayName: 'A' })).status).toBe(201)
    const other = admin.with({ origin: 'http://localhost:3000' })
    expect((await other.post('/workspaces/acme/groups', { displayName: 'B' })).status).toBe(201)
  })

  test('is no matter for a key, which no browser adds by itself', async () => {
    const service = await openAdmin()
    const key = await keyFor(service, 'acme', 'groups:write')
    const host = service.bearing(`Bearer ${key}`, { origin: 'https://evil.example' })
    expect((await host.post('/workspaces/acme/groups', { displayName: 'A' })).status).toBe(201)
  })

  test('as a form is not read', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      const answer = await admin.with({ 'content-type': type }).post('/workspaces/acme/groups', '{"displayName":"A"}')
      expect([type, answer.status, answer.json.code]).toEqual([type, 415, 'json_expected'])
    }
  })
})

describe('what is not there', () => {
  test('is told only to who is known here', async () => {
    const service = await openAdmin()
    const [nobody, admin] = [service.as(undefined), service.as(ADMIN)]
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['GET', ''],
      ['PUT', '/workspaces/acme'],
      ['OPTIONS', '/workspaces/acme/people'],
      ['DELETE', '/workspaces/acme/people'],
    ] as const) {
      expect([path, (await nobody.send(method, path)).status]).toEqual([path, 401])
      const { status, json } = await admin.send(method, path)
      expect([path, status]).toEqual([path, json.code === 'wrong_method' ? 405 : 404])
    }
  })

  test('a method that a path has not is refused with those that it has', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    const { status, headers, json } = await admin.send('PUT', '/workspaces/acme/people/usr_a')
    expect([status, headers.get('allow'), json.code]).toEqual([405, 'GET, PATCH, DELETE', 'wrong_method'])
    expect((await admin.send('DELETE', '/me')).headers.get('allow')).toBe('GET')
    expect((await admin.send('PROPFIND', '/keys')).headers.get('allow')).toBe('GET, POST')
  })

  test('HEAD answers what GET does, without the body', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    const { status, json } = await admin.send('HEAD', '/workspaces/acme/people')
    expect([status, json]).toEqual([200, undefined])
  })

  test('an error of ours tells nothing of itself', async () => {
    const service = await openAdmin({
      authorizeAdmin: async () => {
        throw new Error('password=hunter2')
      },
    })
    const { status, json } = await service.as(ADMIN).get('/me')
    expect([status, json.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(json)).not.toContain('hunter2')
    expect(service.faults.map(String)).toEqual(['Error: password=hunter2'])
  })

  test('is told of by its operation, never by its path, and to tell costs no answer', async () => {
    const told: unknown[] = []
    const service = await openAdmin({
      onRequest: ({ milliseconds, ...facts }) => {
        told.push(facts)
        throw new Error('the log is full')
      },
    })
    const admin = service.as(ADMIN)
    expect((await admin.get('/workspaces/acme/people?search=ana%40a.example')).status).toBe(200)
    expect((await admin.get('/nothing/ana@a.example')).status).toBe(404)
    expect(told).toEqual([
      { method: 'GET', operation: 'listPeople', status: 200 },
      { method: 'GET', operation: 'unknown', status: 404 },
    ])
    expect(service.faults).toHaveLength(2)
  })
})
