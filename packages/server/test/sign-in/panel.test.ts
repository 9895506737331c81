import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { panelAnswer } from '../../src/panel/answer.ts'
import { startServer, type TestServer } from '../support/server.ts'

const INLINE = 'document.documentElement.dataset.theme = "dark"'
const PAGE = `<!doctype html><title>Panel</title><script>${INLINE}</script><script type="module" src="/assets/a-1.js"></script>`
const NAVIGATION = { Accept: 'text/html,application/xhtml+xml', 'Sec-Fetch-Dest': 'document' }

let folder: string
let server: Server
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-panel-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'assets', 'a-1.js'), `export const text = '${'long '.repeat(1_000)}'`)
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const answer = panelAnswer(folder)
  server = createServer(async (request, response) => {
    if (!(await answer(request, response))) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers })

describe('the page', () => {
  test.each(['/', '/workspaces/acme/groups?search=x', '/invite'])('is there at %s', async (path) => {
    const response = await get(path, NAVIGATION)
    expect([response.status, await response.text()]).toEqual([200, PAGE])
    expect(response.headers.get('cache-control')).toBe('no-cache')
  })

  test('runs no script but its own, is shown in no frame, and tells nobody where it was', async () => {
    const { headers } = await get('/', NAVIGATION)
    const policy = headers.get('content-security-policy')?.split('; ') ?? []
    const hash = createHash('sha256').update(INLINE).digest('base64')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy.join()).not.toMatch(/unsafe-|\*|https?:/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test.each([
    ['/assets/gone-2.js', NAVIGATION],
    ['/workspaces', { 'Sec-Fetch-Dest': 'script', Accept: '*/*' }],
    ['/workspaces', { Accept: 'application/json' }],
    ['/favicon.ico', { 'Sec-Fetch-Dest': 'image', Accept: 'image/*' }],
  ])('is not what comes for %s with %o', async (path, headers) => {
    expect((await get(path, headers as Record<string, string>)).status).toBe(404)
  })

  test.each(['/../package.json', '/..%2fpackage.json', '/x/../../../package.json', '//etc/passwd', '/%00'])(
    'is all that %s leads to',
    async (path) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`)
      expect((await text(socket)).split('\r\n\r\n').pop()).toBe(PAGE)
    },
  )
})

describe('files with their content in their names', () => {
  test('are kept for ever, and come compressed', async () => {
    const response = await get('/assets/a-1.js', { 'Accept-Encoding': 'gzip' })
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(Number(response.headers.get('content-length'))).toBeLessThan(500)
    expect(await response.text()).toContain('long long')
    const raw = await rawBody('/assets/a-1.js', 'gzip')
    expect(gunzipSync(raw).toString()).toContain('long long')
    const brotli = await get('/assets/a-1.js', { 'Accept-Encoding': 'br;q=1.0, gzip' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    const plain = await get('/assets/a-1.js', { 'Accept-Encoding': 'gzip;q=0' })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  test('are not sent again to who has them', async () => {
    const tag = (await get('/assets/a-1.js')).headers.get('etag') ?? ''
    expect((await get('/assets/a-1.js', { 'If-None-Match': tag })).status).toBe(304)
  })
})

describe('the service', () => {
  let service: TestServer

  beforeAll(async () => {
    service = await startServer()
  })

  afterAll(() => service.close())

  test('shows no page below its APIs', async () => {
    for (const path of ['/api', '/api/unknown', '/api/sign-in/unknown', '/api/admin/v1/unknown', '/api/auth/session']) {
      const response = await fetch(service.url + path, { headers: NAVIGATION })
      expect([path, response.status >= 401]).toEqual([path, true])
      expect(response.headers.get('content-type')).toMatch(/json/)
    }
  })

  test('says how the panel is built where it is not, under the same protection', async () => {
    const answer = panelAnswer(join(folder, 'nowhere'))
    const bare = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
    const response = await fetch(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`)
    bare.close()
    expect(await response.text()).toContain('npm run build')
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

async function rawBody(path: string, encoding: string): Promise<Buffer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  const whole = Buffer.concat(chunks)
  return whole.subarray(whole.indexOf('\r\n\r\n') + 4)
}
