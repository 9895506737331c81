import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeListener } from '../../src/adapters/node.ts'
import { requestText, type Served, serve } from './http.ts'
import { ANA, BASE, BEN, ERROR_URN, membersOf, type Service, STORES, startService } from './support.ts'

const PATH = '/api/auth/scim/v2'

describe.each(STORES)('over HTTP on %s', (store) => {
  let service: Service
  let served: Served
  let bearer: { Authorization: string }
  beforeAll(async () => {
    service = await startService(store)
    served = await serve(service.scim.handle)
    bearer = { Authorization: `Bearer ${service.acme.token}` }
    await service.acme.group({ displayName: 'Engineering', members: membersOf(ANA, BEN) })
    await service.acme.group({ displayName: 'Ärzte' })
  })
  afterAll(async () => {
    await served[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
  })
  const get = (target: string, headers: Record<string, string> = bearer) =>
    served.exchange(requestText('GET', target, headers))

  test('a request and its answer, as they are on the wire', async () => {
    const { status, head, body } = await get(`${PATH}/Groups?filter=displayName+eq+%22Engineering%22&`)
    expect(status).toBe(200)
    expect(head).toMatch(/\r\ncontent-type: application\/scim\+json\r\n/i)
    expect(head).toMatch(
      /\r\ncontent-location: https:\/\/app\.optimaite\.example\/api\/auth\/scim\/v2\/Groups\?filter/i,
    )
    expect(head).toMatch(new RegExp(`\\r\\ncontent-length: ${Buffer.byteLength(body)}`, 'i'))
    expect(JSON.parse(body)).toMatchObject({ totalResults: 1, Resources: [{ displayName: 'Engineering' }] })
  })

  test('locations are built from the public URL, never from Host', async () => {
    const { head, body } = await get(`${PATH}/Groups`, {
      ...bearer,
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'http',
    })
    expect(head + body).not.toContain('evil.example')
    expect(body).toContain(`${BASE}/Groups/grp_`)
  })

  test.each([
    [`${PATH}/Groups`, 200],
    [`${PATH}//Groups/`, 200],
    [`/${PATH}/Groups`, 200],
    [`${PATH}/%47roups`, 200],
    [`${PATH}/Groups?`, 200],
    [`${PATH}/Groups?&&`, 200],
    [`http://other.example${PATH}/Groups?count=1`, 200],
    [`HTTPS://other.example:8443${PATH}/Users`, 200],
    [`${PATH}/Groups/../Users`, 404],
    [`${PATH}/Groups/%2e%2e/Users`, 404],
    [`${PATH}/../v2/Groups`, 404],
    [`${PATH}/Groups%2F..%2FUsers`, 404],
    [`${PATH}/Groups;jsessionid=1`, 404],
    [`${PATH}/Gr%6fups%00`, 404],
    [`${PATH}/%`, 404],
    ['/', 404],
    ['//', 404],
    ['*', 404],
    ['http://other.example', 404],
  ])('the target %s: %i with a token, and never anything without', async (target, status) => {
    const known = await get(target)
    expect([target, known.status]).toEqual([target, status])
    const unknown = await get(target, {})
    expect([target, unknown.status]).toEqual([target, 401])
    expect(JSON.parse(unknown.body)).toMatchObject({ schemas: [ERROR_URN], status: '401' })
  })

  test('HEAD has the length of the body, and none of it', async () => {
    const [whole, head] = [
      await get(`${PATH}/Groups`),
      await served.exchange(requestText('HEAD', `${PATH}/Groups`, bearer)),
    ]
    expect(head.body).toBe('')
    const headers = (text: string) => text.split('\r\n').filter((line) => !/^date/i.test(line))
    expect(headers(head.head)).toEqual(headers(whole.head))
  })

  test('one connection serves many requests', async () => {
    const connection = await served.connect()
    const keep = { ...bearer, Connection: 'keep-alive' }
    for (const name of ['one', 'two', 'three']) {
      connection.send(requestText('GET', `${PATH}/Groups?filter=displayName+eq+"${name}"`.replaceAll('"', '%22'), keep))
      await connection.hears(`%22${name}%22`)
    }
    connection.send(requestText('DELETE', `${PATH}/Groups/grp_x`, keep))
    expect(await connection.hears('"404"')).toContain('grp_x')
    connection.send(requestText('GET', `${PATH}/Users`, bearer))
    expect((await connection.closed()).body).toContain('ana@acme.example')
  })

  test('bodies arrive in pieces, chunked and declared', async () => {
    const body = JSON.stringify({ displayName: 'Pieces ü 😀' })
    const connection = await served.connect()
    const type = { ...bearer, 'Content-Type': 'application/scim+json; charset=utf-8' }
    connection.send(
      requestText('POST', `${PATH}/Groups`, { ...type, 'Content-Length': String(Buffer.byteLength(body)) }),
    )
    for (const byte of Buffer.from(body)) {
      connection.send(Buffer.of(byte))
      if (byte % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const declared = await connection.closed()
    expect([declared.status, JSON.parse(declared.body).displayName]).toEqual([201, 'Pieces ü 😀'])
    const half = Buffer.from(JSON.stringify({ displayName: 'Chunks ü' }))
    const chunked = await served.exchange(
      Buffer.concat([
        Buffer.from(requestText('POST', `${PATH}/Groups`, { ...type, 'Transfer-Encoding': 'chunked' })),
        ...[half.subarray(0, 24), half.subarray(24)].flatMap((piece) => [
          Buffer.from(`${piece.length.toString(16)}\r\n`),
          piece,
          Buffer.from('\r\n'),
        ]),
        Buffer.from('0\r\n\r\n'),
      ]),
    )
    expect([chunked.status, JSON.parse(chunked.body).displayName]).toEqual([201, 'Chunks ü'])
  })

  test('a client that goes away in its body leaves nothing behind', async () => {
    const before = (await service.acme.get('/Groups')).body.totalResults
    const connection = await served.connect()
    const headers = { ...bearer, 'Content-Type': 'application/json', 'Content-Length': '1000' }
    connection.send(`${requestText('POST', `${PATH}/Groups`, headers)}{"displayName":"Half`)
    await until(async () => (await service.scim.activity.list('acme')).length > 0)
    connection.socket.destroy()
    await until(async () => (await service.scim.activity.list('acme'))[0]?.status === 400)
    expect((await service.acme.get('/Groups')).body.totalResults).toBe(before)
  })

  test('two Authorization headers do not make one token', async () => {
    const text = requestText('GET', `${PATH}/Groups`, { Authorization: 'Bearer x' })
    const twice = text.replace('\r\n\r\n', `\r\nAuthorization: ${bearer.Authorization}\r\n\r\n`)
    expect((await served.exchange(twice)).status).toBe(401)
  })

  test('a header beyond what a server reads is no fault', async () => {
    const { status } = await get(`${PATH}/Groups`, { Authorization: `Bearer ${'x'.repeat(100_000)}` })
    expect([400, 401, 431]).toContain(status)
    expect((await get(`${PATH}/Groups`)).status).toBe(200)
  })

  test('behind a framework that has read the body, its result is taken', async () => {
    const { scim, acme } = service
    const listener = nodeListener(scim.handle)
    const server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        const { url = '' } = request
        Object.assign(request, { body: JSON.parse(text), originalUrl: url, url: url.replace('/api/auth', '') })
        void listener(request, response)
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const response = await fetch(`http://127.0.0.1:${port}${PATH}/Groups`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ displayName: 'Parsed' }),
    })
    expect([response.status, ((await response.json()) as { displayName: string }).displayName]).toEqual([201, 'Parsed'])
    server.close()
  })
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5))
}
