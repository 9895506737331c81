import { describe, expect, test } from 'vitest'
import { ADMIN, BASE, ORIGIN, openAdmin } from './support.ts'

const GROUPS = '/workspaces/acme/groups'

describe('a body', () => {
  test.each([
    ['', 'invalid_syntax'],
    ['{', 'invalid_syntax'],
    ['{"displayName":"A"} {}', 'invalid_syntax'],
    ['{"__proto__":{"displayName":"A"}}', 'invalid_syntax'],
    ['{"displayName":"A","constructor":{}}', 'invalid_syntax'],
    ['{"displayName":"A\\u0000"}', 'invalid_syntax'],
    ['{"displayName":"A\\ud800"}', 'invalid_syntax'],
    [`{"displayName":"A","members":${'['.repeat(40)}${']'.repeat(40)}}`, 'invalid_syntax'],
    ['null', 'invalid_request'],
    ['[]', 'invalid_request'],
    ['"displayName"', 'invalid_request'],
    ['{"displayName":1}', 'invalid_request'],
    ['{"displayName":"A","members":["usr_a",1]}', 'invalid_request'],
    ['{"displayName":"A","toString":"x"}', 'invalid_request'],
  ])('%s is refused with %s', async (body, code) => {
    const { status, json } = await (await openAdmin()).as(ADMIN).post(GROUPS, body)
    expect([status, json.code]).toEqual([400, code])
  })

  test('that is not UTF-8 is refused', async () => {
    const { json } = await (await openAdmin()).as(ADMIN).post(GROUPS, new Uint8Array([0x22, 0xff, 0x22]))
    expect(json.code).toBe('invalid_syntax')
  })

  test('has every fault named by its path', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    const people = [{ userName: 'ana', nick: 'a' }, { emails: [{ value: 1, main: true }] }]
    const { json } = await admin.post('/workspaces/acme/people/bulk', { people, atomically: true })
    expect(json.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
      ...['atomically', 'people[0].nick', 'people[1].emails[0].main', 'people[1].emails[0].value'],
      'people[1].userName',
    ])
    expect(json.detail).toContain('5 faults')
  })

  test('with thousands of faults is answered with some', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    const people = Array.from({ length: 10_000 }, () => ({}))
    const { json } = await admin.post('/workspaces/acme/people/bulk', { people })
    expect(json.problems).toHaveLength(100)
    expect(json.detail).toContain('10000')
  })

  test('that is too large is refused before it is read, declared or not', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const large = JSON.stringify({ name: 'a'.repeat(300 * 1024), scopes: ['people:read'] })
    expect((await admin.post('/workspaces/acme/keys', large)).status).toBe(413)
    const declared = admin.with({ 'content-length': String(64 * 1024 * 1024) })
    expect((await declared.post('/workspaces/acme/people/bulk', '{}')).json.code).toBe('body_too_large')
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
      },
    })
    const request = new Request(`${BASE}/workspaces/acme/keys`, {
      ...{ method: 'POST', body: endless, duplex: 'half' },
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
    } as RequestInit)
    const api = (await openAdmin({ authorizeAdmin: async () => ADMIN })).api
    expect((await api.fetch(request, { address: null })).status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })

  test('is not read of somebody who is not known or may not', async () => {
    const service = await openAdmin()
    for (const [principal, path, expected] of [
      [undefined, GROUPS, 401],
      [ADMIN, '/keys', 403],
      [ADMIN, '/workspaces/zeta/groups', 404],
    ] as const) {
      let pulled = 0
      const body = new ReadableStream(
        {
          pull(controller) {
            pulled += 1
            controller.close()
          },
        },
        { highWaterMark: 0 },
      )
      const headers = { origin: ORIGIN, 'content-type': 'application/json' }
      const request = new Request(BASE + path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
      const { api } = await openAdmin({ authorizeAdmin: async () => principal })
      expect([path, (await api.fetch(request, { address: null })).status, pulled]).toEqual([path, expected, 0])
    }
    expect(service.faults).toEqual([])
  })

  test('compressed is refused', async () => {
    const admin = (await openAdmin()).as(ADMIN).with({ 'content-encoding': 'gzip' })
    expect((await admin.post(GROUPS, { displayName: 'A' })).status).toBe(415)
  })
})

describe('a query', () => {
  test.each([
    ['limit=0'],
    ['limit=1001'],
    ['limit=-1'],
    ['limit=1.5'],
    ['limit=1e2'],
    ['limit='],
    ['limit=%201'],
    ['limit=1&limit=2'],
    ['colour=red'],
    ['__proto__=1'],
    ['search=%00'],
  ])('%s is refused', async (query) => {
    const { status, json } = await (await openAdmin()).as(ADMIN).get(`/workspaces/acme/people?${query}`)
    expect([status, json.code]).toEqual([400, 'invalid_request'])
    expect(json.problems).toMatchObject([{ path: query.split('=')[0] }])
  })

  test.each([['x'], ['bnVsbA'], ['MQ'], ['IiI'], ['InVzcl8AIg'], ['e30'], ['%F0%9F%A6%8A']])(
    'after=%s is no place in a list',
    async (after) => {
      const admin = (await openAdmin()).as(ADMIN)
      expect((await admin.get(`/workspaces/acme/people?after=${after}`)).json.code).toBe('invalid_cursor')
    },
  )

  test('that a route has not is refused', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    expect((await admin.get('/me?all=true')).json.problems).toMatchObject([{ path: 'all' }])
    expect((await admin.delete('/workspaces/acme/people/usr_a?force=true')).status).toBe(400)
  })
})
