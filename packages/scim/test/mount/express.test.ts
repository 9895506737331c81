import { createServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeListener } from '../../src/adapters/node.ts'
import { isScimPath, SCIM_PATH } from '../../src/index.ts'
import {
  expectBeside,
  expectSession,
  hostBody,
  type Library,
  listening,
  openLibrary,
  type Provider,
  providerOf,
  stopped,
} from './support.ts'

let library: Library
let scim: RequestHandler
const servers: Server[] = []

beforeAll(async () => {
  library = await openLibrary()
  scim = nodeListener(library.scim.handle)
})

afterAll(async () => {
  for (const server of servers) await stopped(server)
  await library[Symbol.asyncDispose]()
})

async function serve(app: Express): Promise<string> {
  const server = createServer(app)
  servers.push(server)
  return listening(server)
}

const catchAll: RequestHandler = (request, response) => {
  response.json(hostBody(request.method, request.originalUrl.replace(/\?.*/, '')))
}

/** As large as SCIM takes, so that its own limits show. */
const parsing = express.json({ limit: '48mb', type: ['application/json', 'text/json'] })

describe('mounted with app.use, which takes its path off the URL', () => {
  test.each(['entra', 'okta'])('the session of %s, in Express', async (name) => {
    await expectSession(name, library.scim, await serve(express().use(SCIM_PATH, scim)))
  })

  test('within a router of the host', async () => {
    const router = express.Router().use('/scim/v2', scim)
    await expectSession('okta', library.scim, await serve(express().use('/api', express.Router().use('/auth', router))))
  })

  test("beside the host's catch-all, mounted after it", async () => {
    await expectBeside(await serve(express().use(SCIM_PATH, scim).all('/api/auth{/*path}', catchAll)))
  })

  test("beside the host's catch-all, mounted before it and letting SCIM pass", async () => {
    const polite: RequestHandler = (request, response, next) =>
      isScimPath(request.path) ? next() : catchAll(request, response, next)
    const url = await serve(express().all('/api/auth{/*path}', polite).use(SCIM_PATH, scim))
    await expectBeside(url)
    await expectSession('okta', library.scim, url)
  })
})

describe('behind express.json()', () => {
  let url: string
  let provider: Provider
  beforeAll(async () => {
    url = await serve(express().use(parsing).use(SCIM_PATH, scim))
    provider = await providerOf(library.scim, 'acme', url)
  })

  test.each(['entra', 'okta', 'jumpcloud'])('the session of %s', async (name) => {
    await expectSession(name, library.scim, url)
  })

  test('whatever the media type, a group is made', async () => {
    for (const type of ['application/json', 'text/json; charset=utf-8', 'application/scim+json', 'TEXT/JSON']) {
      const { status, text } = await provider.send(
        'POST',
        '/Groups',
        JSON.stringify({ displayName: `Ü ${type}` }),
        type,
      )
      expect([type, status, JSON.parse(text).displayName]).toEqual([type, 201, `Ü ${type}`])
    }
  })

  const group = (extra: string): string => `{"displayName":"Refused",${extra}}`
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

  // [name, body, what it is refused with]
  const REFUSED = [
    ['nested too deep', group(`"x":${nested(17)}`), 400, 'nested deeper than 16'],
    ['nested so deep that a recursion would overflow', group(`"x":${nested(200_000)}`), 400, 'nested deeper than 16'],
    ['with __proto__', group('"__proto__":{"admin":true}'), 400, '__proto__'],
    ['with constructor within', group('"x":{"constructor":{"prototype":{}}}'), 400, 'constructor'],
    ['with NUL', group('"externalId":"a\\u0000"'), 400, 'NUL'],
    ['with a lone surrogate', group('"externalId":"\\ud800"'), 400, 'surrogate'],
    ['with too many keys', `{${Array.from({ length: 1_001 }, (_, i) => `"k${i}":1`).join()}}`, 400, '1000 keys'],
    ['an array', '[]', 400, ''],
    ['nothing at all', '', 400, ''],
    ['larger than 32 MiB', group(`"x":"${'x'.repeat(33 * 1024 * 1024)}"`), 413, '33554432'],
  ] as const

  describe.each(['application/json', 'application/scim+json'])('%s', (type) => {
    test.each(REFUSED)('a body %s is refused', async (_, body, status, detail) => {
      const answer = await provider.send('POST', '/Groups', body, type)
      expect([answer.status, answer.type]).toEqual([status, 'application/scim+json'])
      expect(answer.detail).toContain(detail)
    })
  })

  test('JSON that is none keeps our answer where express.json() does not take it', async () => {
    const { status, type } = await provider.send('POST', '/Groups', '{"displayName":', 'application/scim+json')
    expect([status, type]).toEqual([400, 'application/scim+json'])
  })

  test('nothing refused was stored, and no memory is held', async () => {
    const names = (await library.scim.groups.list('acme')).map(({ displayName }) => displayName)
    expect(names.filter((name) => !name.startsWith('Ü '))).toEqual([])
    expect(library.scim.heldBytes()).toBe(0)
  })
})

test('behind express.raw() and express.text(), bytes and text are taken as they are', async () => {
  const any = { type: () => true, limit: '48mb' }
  for (const [slug, parser] of [['raw', express.raw(any)] as const, ['text', express.text(any)] as const]) {
    const provider = await providerOf(library.scim, slug, await serve(express().use(parser).use(SCIM_PATH, scim)))
    expect((await provider.send('POST', '/Groups', '{"displayName":"Ü"}')).status).toBe(201)
    expect((await provider.send('POST', '/Groups', '{"displayName":')).status).toBe(400)
  }
})
