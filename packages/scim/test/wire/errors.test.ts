import { describe, expect, test } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import {
  ANA,
  type Answer,
  ERROR_URN,
  membersOf,
  patchOf,
  referenceIn,
  type Service,
  STORES,
  startService,
} from './support.ts'

type Failing = readonly [string, number, (service: Service) => Promise<Answer>]

const FAILURES: readonly Failing[] = [
  ['an unknown route', 404, ({ acme }) => acme.get('/Nothing')],
  ['a method that is not there', 405, ({ acme }) => acme.remove('/Groups')],
  ['what is not offered', 501, ({ acme }) => acme.post('/Bulk', {})],
  ['an unknown group', 404, ({ acme }) => acme.get('/Groups/grp_01ARZ3NDEKTSV4RRFFQ69G5FAV')],
  ['an unknown user', 404, ({ acme }) => acme.get('/Users/usr_nobody')],
  ['bad JSON', 400, ({ acme }) => acme.post('/Groups', '{"displayName":')],
  ['a bad filter', 400, ({ acme }) => acme.get('/Groups?filter=x')],
  ['a bad count', 400, ({ acme }) => acme.get('/Users?count=x')],
  ['a missing name', 400, ({ acme }) => acme.post('/Groups', {})],
  ['a name that is taken', 409, ({ acme }) => acme.post('/Groups', { displayName: 'TAKEN' })],
  ['a bad PATCH', 400, ({ acme }) => acme.patch('/Groups/grp_x', patchOf({ op: 'x' }))],
  ['no target', 400, ({ acme }) => acme.put('/Groups', {})],
  ['a foreign media type', 415, ({ acme }) => acme.post('/Groups', 'x', { headers: { 'Content-Type': 'text/x' } })],
  ['compression', 415, ({ acme }) => acme.post('/Groups', 'x', { headers: { 'Content-Encoding': 'gzip' } })],
  ['a user that is not created', 403, ({ acme }) => acme.post('/Users', { userName: 'new@acme.example' })],
  ['a user that is there', 409, ({ acme }) => acme.post('/Users', { userName: 'ANA@acme.example' })],
  [
    'a stale version',
    412,
    async ({ acme }) => acme.patch((await taken(acme)) ?? '', patchOf(), { headers: { 'If-Match': 'W/"9"' } }),
  ],
]

async function taken(acme: Service['acme']): Promise<string> {
  const { body } = await acme.get('/Groups?filter=displayName%20eq%20%22Taken%22')
  return `/Groups/${body.Resources[0]?.id}`
}

describe.each(STORES)('errors on %s (DESIGN 3.5, RFC 7644 §3.12)', (store) => {
  test.each(FAILURES)(
    '%s is a SCIM error of status %i with a reference to its activity entry',
    async (_, status, fail) => {
      await using service = await startService(store)
      await service.acme.group({ displayName: 'Taken' })
      const answer = await fail(service)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/scim+json')
      const { schemas, status: text, scimType, detail, ...rest } = answer.body
      expect([schemas, text, rest]).toEqual([[ERROR_URN], String(status), {}])
      if (status === 400) expect(scimType).toMatch(/^(invalid\w+|noTarget|tooMany|mutability)$/)
      if (status === 409) expect(scimType).toBe('uniqueness')
      if (status !== 400 && status !== 409) expect(scimType).toBeUndefined()
      const entry = await service.scim.activity.find('acme', referenceIn(detail))
      expect(entry).toMatchObject({ status, token: 'acme token', at: service.clock.now })
      expect(detail).toContain(entry?.detail)
      expect(entry?.problem).toMatch(/^[a-z_]+$/)
      expect(entry?.fix?.length).toBeGreaterThan(10)
      expect(entry?.effect).toBeNull()
      const [newest] = await service.scim.activity.list('acme', { failed: true })
      expect(newest?.id).toBe(entry?.id)
    },
  )

  test('a write has its entry as well, and it is there as soon as the answer is', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'A', members: membersOf(ANA) })
    const rows = await service.rows<{ route: string; group_id: string }>('select route, group_id from {activity}')
    expect(rows).toEqual([{ route: '/Groups', group_id: group.id }])
  })

  test('a refused write leaves its entry alone: no effect, no change', async () => {
    await using service = await startService(store)
    await service.acme.group({ displayName: 'Taken' })
    const before = await service.rows('select * from {changes}')
    await service.acme.post('/Groups', { displayName: 'taken', members: membersOf(ANA, 'usr_new') })
    expect(await service.rows('select * from {changes}')).toEqual(before)
    expect(await service.rows('select * from {memberships}')).toEqual([])
    expect(await service.rows(`select id from {people} where id = 'usr_new'`)).toEqual([])
    const [entry] = await service.scim.activity.list('acme')
    expect(entry).toMatchObject({ status: 409, effect: null, groupId: null })
  })

  test('neither the token nor a password nor the raw body is in an answer, an entry or a fact for logs', async () => {
    const facts: unknown[] = []
    await using service = await startService(store, { onRequest: (fact) => facts.push(fact) })
    const { acme, scim } = service
    const secret = 'S3cret-passw0rd-of-Ana'
    const answers = [
      await acme.post('/Users', { userName: 'new@acme.example', password: secret }),
      await acme.post('/Users', `{"userName":"x","password":"${secret}"`),
      await acme.put(`/Users/${ANA}`, { userName: 'ana@acme.example', password: secret, Password: secret }),
      await acme.put(`/Users/${ANA}`, { userName: 'ana@acme.example', password: secret }),
      await acme.patch(`/Users/${ANA}`, patchOf({ op: 'replace', path: 'password', value: secret })),
      await acme.patch(`/Users/${ANA}`, patchOf({ op: 'replace', value: { password: secret } })),
      await acme.patch(`/Users/${ANA}`, patchOf({ op: 'replace', path: `password[value eq "${secret}"]`, value: 1 })),
      await acme.post('/Groups', { displayName: secret.length, token: secret, clientSecret: secret }),
      await acme.post('/Groups', `"${secret}"`),
      await acme.get('/Groups', { token: `${acme.token}${secret}` }),
      await acme.get('/Groups', { token: secret }),
    ]
    const entries = await scim.activity.list('acme')
    expect(entries.length).toBeGreaterThan(5)
    const all = JSON.stringify([answers.map(({ text, headers }) => [text, [...headers]]), entries, facts])
    expect(all).not.toContain(secret)
    expect(all).not.toContain(acme.token)
    expect(all).not.toContain(acme.token.slice(-30))
  })

  test('facts for logs carry the pattern of the route, and never a query', async () => {
    const facts: Record<string, unknown>[] = []
    await using service = await startService(store, { onRequest: (fact) => facts.push({ ...fact }) })
    await service.acme.get('/Users?filter=userName%20eq%20%22ana%40acme.example%22')
    await service.acme.get(`/Groups/Users/${ANA}`)
    await service.acme.get('/ana@acme.example')
    await service.acme.get('/Groups', { token: 'x' })
    expect(facts.map(({ route, status, workspace, problem }) => [route, status, workspace, problem])).toEqual([
      ['/Users', 200, 'acme', undefined],
      ['/Users/{id}', 200, 'acme', undefined],
      ['unknown', 404, 'acme', 'not_found'],
      ['/Groups', 401, undefined, 'token_malformed'],
    ])
    expect(JSON.stringify(facts)).not.toContain('ana@')
  })

  test('a fault of ours is a 500 that tells nothing, and its cause goes to the log', async () => {
    const faults: unknown[] = []
    await using service = await startService(store, { onRequest: ({ fault }) => fault && faults.push(fault) })
    const group = await service.acme.group({ displayName: 'A' })
    service.store.onRead = (text) => {
      if (text.includes('{groups}')) throw new TypeError('secret detail at /srv/app.ts')
    }
    for (const path of ['/Groups', `/Groups/${group.id}`]) {
      const answer = await service.acme.get(path)
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '500' })
      expect(answer.text).not.toMatch(/secret|TypeError|app\.ts/)
    }
    expect(faults).toHaveLength(2)
    expect(String(faults[0])).toContain('secret detail')
  })

  test('a host’s log that fails costs no answer', async () => {
    const faults: unknown[] = []
    const onRequest = () => {
      throw new Error('no log')
    }
    await using service = await startService(store, { onRequest, onFault: (fault) => faults.push(fault) })
    expect((await service.acme.post('/Groups', { displayName: 'A' })).status).toBe(201)
    expect(faults).toEqual([new Error('no log')])
  })

  test('keys that objects inherit are keys like others, wherever they stand', async () => {
    await using service = await startService(store)
    const odd = { toString: 'x', valueOf: [], toJSON: 1, hasOwnProperty: null, length: 7 }
    for (const body of [
      odd,
      { path: odd, value: odd },
      { displayName: odd },
      { Operations: [{ op: odd, path: odd }] },
    ]) {
      for (const path of ['/Groups', '/Users']) {
        const answer = await service.acme.post(path, body)
        expect(answer.status).toBe(400)
        expect(await service.scim.activity.find('acme', referenceIn(answer.body.detail))).toBeDefined()
      }
    }
    expect((await service.acme.post('/Groups', { displayName: 'A', path: odd, ...odd })).status).toBe(201)
  })

  test('overload is a 503 that says when to try again', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'A' })
    service.store.write = () => Promise.reject(new ScimError('overloaded', {}, { 'Retry-After': '5' }))
    for (const [method, body] of [
      ['PUT', { displayName: 'B' }],
      ['PATCH', patchOf()],
      ['DELETE', undefined],
    ] as const) {
      const answer = await service.acme.send(method, `/Groups/${group.id}`, { body })
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '503' })
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(answer.body.detail).toContain('Nothing was changed')
    }
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
  })

  test('a write that is lost with its transaction did nothing, as its entry says', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'A' })
    const write = service.store.write.bind(service.store)
    service.store.write = (work) =>
      write(async (writer) => {
        await work(writer)
        throw new ScimError('store_unavailable')
      })
    const answer = await service.acme.put(`/Groups/${group.id}`, { displayName: 'B', members: membersOf(ANA) })
    service.store.write = write
    expect(answer.status).toBe(503)
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
    const entry = await service.scim.activity.find('acme', referenceIn(answer.body.detail))
    expect(entry).toMatchObject({ status: 503, effect: null, groupId: group.id })
  })

  test('where reading fails after a write was committed, the answer does not say that nothing changed', async () => {
    const faults: unknown[] = []
    await using service = await startService(store, { onFault: (fault) => faults.push(fault) })
    const { acme, scim } = service
    service.store.onRead = (text) => {
      if (text.includes('collect(')) throw new Error('the disk is gone')
    }
    const answer = await acme.post('/Groups', { displayName: 'A' })
    expect(answer.status).toBe(500)
    expect(answer.body.detail).toContain('The change was made')
    service.store.onRead = () => {}
    await acme.get('/Users')
    const entries = await scim.activity.list('acme')
    expect(faults).toEqual([])
    expect(entries.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 200],
      ['POST', 201],
    ])
    expect(entries[1]).toMatchObject({ id: referenceIn(answer.body.detail), effect: { created: true } })
  })

  test('equal reads are one entry with a count, and whatever failed stands alone', async () => {
    await using service = await startService(store)
    for (let i = 0; i < 3; i++) {
      await service.acme.get('/Groups?filter=displayName%20eq%20%22x%22')
      await service.acme.get('/Groups/grp_x')
    }
    const entries = await service.scim.activity.list('acme')
    expect(entries.map(({ status, count }) => [status, count]).sort()).toEqual([
      [200, 3],
      [404, 1],
      [404, 1],
      [404, 1],
    ])
    expect(entries.find(({ status }) => status === 200)?.lookup).toEqual({
      filter: 'displayName eq "x"',
      found: 0,
    })
  })
})
