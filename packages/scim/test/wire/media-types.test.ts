import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Body, ERROR_URN, SCIM_JSON, type Service, STORES, startService } from './support.ts'

describe.each(STORES)('media types on %s (DESIGN 3.1)', (store) => {
  let service: Service
  let group: Body
  let count = 0
  beforeAll(async () => {
    service = await startService(store)
    group = await service.acme.group({ displayName: 'Engineering' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const body = () => new TextEncoder().encode(JSON.stringify({ displayName: `Group ${++count}` }))

  test.each([
    'application/scim+json',
    'application/scim+json; charset=utf-8',
    'application/scim+json;charset="UTF-8"',
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    ' application/json ; charset=iso-8859-1',
    'text/json',
    'text/json;charset=utf-8',
    '',
  ])('a body of "%s" is read', async (type) => {
    expect((await service.acme.post('/Groups', body(), { headers: { 'Content-Type': type } })).status).toBe(201)
  })

  test('a body without any Content-Type is read', async () => {
    const response = await service.scim.fetch(
      new Request('https://any.example/api/auth/scim/v2/Groups', {
        method: 'POST',
        headers: { Authorization: `Bearer ${service.acme.token}` },
        body: body(),
      }),
    )
    expect(response.status).toBe(201)
  })

  test.each([
    'application/xml',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/jsonp',
    'application/scim',
    'application',
  ])('a body of "%s" is refused with 415', async (type) => {
    const answer = await service.acme.post('/Groups', body(), { headers: { 'Content-Type': type } })
    expect(answer.status).toBe(415)
    expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '415' })
    expect(answer.body.detail).toContain(type.split(';')[0])
  })

  test.each(['gzip', 'deflate', 'br', 'x-gzip', 'zstd', 'identity, gzip', 'GZIP', 'unheard-of'])(
    'a Content-Encoding of %s is refused with 415',
    async (encoding) => {
      const answer = await service.acme.post('/Groups', body(), { headers: { 'Content-Encoding': encoding } })
      expect(answer.status).toBe(415)
      expect(answer.body.detail).toContain(encoding)
    },
  )

  test('a Content-Encoding of identity is none', async () => {
    const headers = { 'Content-Encoding': 'identity' }
    expect((await service.acme.post('/Groups', body(), { headers })).status).toBe(201)
  })

  test.each(['PUT', 'PATCH', 'POST'])('%s checks the type on every route with a body', async (method) => {
    const path = method === 'POST' ? '/Groups/.search' : `/Groups/${group.id}`
    const headers = { 'Content-Type': 'text/html' }
    expect((await service.acme.send(method, path, { body: '{}', headers })).status).toBe(415)
  })

  const JSON_TYPE = 'application/json'
  test.each([
    [undefined, SCIM_JSON],
    ['*/*', SCIM_JSON],
    ['application/*', SCIM_JSON],
    ['application/scim+json', SCIM_JSON],
    ['application/scim+json; charset=utf-8', SCIM_JSON],
    ['text/html', SCIM_JSON],
    ['application/xml;q=0.9', SCIM_JSON],
    ['', SCIM_JSON],
    [';;,,', SCIM_JSON],
    ['application/jsonp', SCIM_JSON],
    ['application/json-seq', SCIM_JSON],
    ['application/json', JSON_TYPE],
    ['Application/JSON', JSON_TYPE],
    ['application/json; charset=utf-8', JSON_TYPE],
    ['text/html, application/json;q=0.5, */*', JSON_TYPE],
    ['application/json, application/scim+json;q=0.1', SCIM_JSON],
    ['application/scim+json,application/json', SCIM_JSON],
  ])('Accept: %s is answered as %s', async (accept, type) => {
    const headers: Record<string, string> = accept === undefined ? {} : { Accept: accept }
    const single = `/Groups/${group.id}`
    for (const path of ['/Groups', single, '/Users', '/Schemas', '/Unknown']) {
      const answer = await service.acme.get(path, { headers })
      expect(answer.status).toBe(path === '/Unknown' ? 404 : 200)
      expect(answer.headers.get('content-type')).toBe(type)
    }
    const refused = await service.acme.get(single, { headers, token: null })
    expect([refused.status, refused.headers.get('content-type')]).toEqual([401, type])
  })

  test('nothing of User-Agent, Accept or Accept-Charset is needed', async () => {
    const headers = { 'Accept-Charset': 'ebcdic', 'Accept-Encoding': 'gzip,deflate', 'Accept-Language': 'tlh' }
    expect((await service.acme.get('/Users?startIndex=1&count=2', { headers })).status).toBe(200)
  })

  test('an answer without a body has no Content-Type', async () => {
    const answer = await service.acme.patch(`/Groups/${group.id}`, { Operations: [] })
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([204, null, ''])
  })
})
