import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preferredLanguage } from '@optimaite/scim/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docsAnswer } from '../src/docs/answer.ts'
import { startServer } from './support/server.ts'

const PAGE = '<!DOCTYPE html><script id="a">(()=>1)()</script><script type="module" src="/docs/assets/app.js"></script>'
/** SHA-256 of `(()=>1)()`, as `openssl dgst -sha256 -binary | base64` has it. */
const SCRIPT = 'sha256-uhfP2jNrogzEQ+QL1UFVMAPUUhOeeqRcND8lhH3+kTI='

let folder: string
let url: string
const server = createServer()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-docs-'))
  const site = join(folder, 'site')
  const answer = docsAnswer(site)
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(join(folder, 'secret.html'), 'secret')
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

function build(): void {
  const site = join(folder, 'site')
  for (const part of ['de', 'assets', 'reference']) mkdirSync(join(site, part), { recursive: true })
  for (const name of ['index', 'de/index', 'scim', 'de/scim', 'reference/errors', '404'])
    writeFileSync(join(site, `${name}.html`), `${PAGE}${name}`)
  writeFileSync(join(site, 'assets', 'app.js'), 'export {}')
  writeFileSync(join(site, 'notes.secret'), 'secret')
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + path, { headers, redirect: 'manual' })
}

/** As it is written: `fetch` would resolve dots itself. */
function getRaw(path: string): Promise<{ status: number | undefined; body: string }> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
      .on('error', reject)
      .end()
  })
}

describe('the site', () => {
  test('says how it is built while it is not, and is there once it is', async () => {
    const missing = await get('/docs/')
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain('npm run docs:build')
    build()
    expect((await get('/docs/')).status).toBe(200)
  })

  test('serves pages without an ending, typed, with an ETag and a strict policy', async () => {
    const page = await get('/docs/reference/errors')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('reference/errors')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'self' '${SCRIPT}';`)
    const etag = page.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    expect((await get('/docs/reference/errors', { 'If-None-Match': `W/${etag}` })).status).toBe(304)
    expect((await get('/docs/reference/errors', { 'If-None-Match': '"other"' })).status).toBe(200)
  })

  test('lets assets be kept for ever', async () => {
    const asset = await get('/docs/assets/app.js')
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('sends the public page in the language that the reader prefers', async () => {
    const german = await get('/docs/scim', { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5' })
    expect([german.status, german.headers.get('location')]).toEqual([302, '/docs/de/scim'])
    expect(german.headers.get('vary')).toBe('Accept-Language')
    const english = await get('/docs/scim', { 'Accept-Language': 'en,de;q=0.5' })
    expect(await english.text()).toBe(`${PAGE}scim`)
    const chosen = await get('/docs/scim?lang=en', { 'Accept-Language': 'de' })
    expect(await chosen.text()).toBe(`${PAGE}scim`)
    expect((await get('/docs/de/scim', { 'Accept-Language': 'en' })).status).toBe(200)
  })

  test('begins in either language', async () => {
    expect(await (await get('/docs/')).text()).toBe(`${PAGE}index`)
    expect(await (await get('/docs/de/')).text()).toBe(`${PAGE}de/index`)
    expect((await get('/docs/de')).headers.get('location')).toBe('/docs/de/')
  })

  test('redirects to the one address of a page', async () => {
    expect((await get('/docs')).headers.get('location')).toBe('/docs/')
    expect((await get('/docs/reference/errors/')).headers.get('location')).toBe('/docs/reference/errors')
  })

  test.each([
    '/docs/nothing',
    '/docs/assets/',
    '/docs/notes.secret',
    '/docs/../secret.html',
    '/docs/../secret',
    '/docs/%2e%2e/secret.html',
    '/docs/..%2fsecret.html',
    '/docs//secret.html',
    '/docs/..\\secret.html',
    '/docs/__proto__',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await getRaw(path)
    expect([status, body]).toEqual([404, `${PAGE}404`])
  })
})

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['fr, DE-ch;q=0.3', 'de'],
  ['de;q=0.4, en;q=0.6', 'en'],
  ['de;q=0, *', 'en'],
  ['en;q=0, *;q=0.1', 'de'],
  ['*', 'en'],
  ['de;q=x', 'en'],
])('Accept-Language %s means %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})

test('the service serves it by GET and HEAD only, and leaves neighbours of its path alone', async () => {
  const service = await startServer()
  try {
    const posted = await fetch(`${service.url}/docs/`, { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    const head = await fetch(`${service.url}/docs/`, { method: 'HEAD' })
    expect([head.headers.get('x-content-type-options'), await head.text()]).toEqual(['nosniff', ''])
    expect((await fetch(`${service.url}/docsx`)).headers.get('content-type')).toBe('application/json')
  } finally {
    await service.close()
  }
})
