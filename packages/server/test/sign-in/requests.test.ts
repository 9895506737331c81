import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Browser, browser, firstOperator, me, PASSWORD, secretOf, signInWith } from './browser.ts'

const EMAIL = 'olga@example.com'
const EVIL = 'https://evil.example'

let server: TestServer
let operator: Browser

beforeAll(async () => {
  server = await startServer()
  operator = await firstOperator(server)
})

afterAll(() => server.close())

describe('a request of another site', () => {
  test.each([EVIL, 'null', 'http://127.0.0.1:1', undefined])('from %s does nothing at sign-in', async (origin) => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    if (origin !== undefined) headers.Origin = origin
    const cookie = Array.from(operator.cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const paths = ['/sign-out', '/sign-in/email', '/change-password', '/two-factor/enable', '/invitation/accept']
    for (const path of paths) {
      const body = JSON.stringify({ email: EMAIL, password: PASSWORD })
      const init = { method: 'POST', headers: { ...headers, Cookie: cookie }, body }
      const response = await fetch(`${server.url}/api/sign-in${path}`, init)
      expect([path, response.status]).toEqual([path, 403])
      expect(response.headers.getSetCookie()).toEqual([])
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect((await me(operator)).status).toBe(200)
  })

  test('does nothing at the admin API either', async () => {
    const stranger = browser(server.url, EVIL)
    for (const [name, value] of operator.cookies) stranger.cookies.set(name, value)
    const response = await stranger.post('/api/admin/v1/workspaces', { slug: 'evil', name: 'Evil' })
    expect(response.status).toBe(403)
    expect(await server.scim.workspaces.find('evil')).toBeUndefined()
  })

  test('as a form does nothing, since forms send no JSON', async () => {
    const body = JSON.stringify({ email: EMAIL, password: PASSWORD })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const response = await browser(server.url).post('/api/sign-in/sign-in/email', JSON.parse(body), {
        'Content-Type': type,
      })
      expect([type, response.status]).toEqual([type, 415])
    }
  })
})

describe('signing in leads nowhere else', () => {
  test.each([
    EVIL,
    '//evil.example',
    '/\\evil.example',
    `${EVIL}/?x=127.0.0.1`,
    'javascript:alert(1)',
    '/%2fevil.example/..//evil.example',
  ])('such as to %s', async (callbackURL) => {
    const page = browser(server.url)
    const response = await page.post('/api/sign-in/sign-in/email', { email: EMAIL, password: PASSWORD, callbackURL })
    expect(response.headers.get('location')).toBeNull()
    expect(response.status).toBe(403)
    expect(page.cookies.size).toBe(0)
  })
})

describe('there is no sign-up', () => {
  test.each([
    '/sign-up/email',
    '/update-user',
    '/change-email',
    '/delete-user',
    '/set-password',
    '/list-sessions',
    '/link-social',
    '/request-password-reset',
    '/reset-password',
    '/sign-in/email/',
    '/sign-in//email',
    '/%73ign-up/email',
  ])('nor %s', async (path) => {
    const body = { email: 'new@example.com', password: PASSWORD, name: 'New', role: 'operator' }
    expect((await operator.post(`/api/sign-in${path}`, body)).status).toBe(404)
    expect((await operator.get(`/api/sign-in${path}`)).status).toBe(404)
    expect((await signInWith(browser(server.url), 'new@example.com')).status).not.toBe(200)
  })

  test('a body that is too large is not read', async () => {
    const response = await browser(server.url).post('/api/sign-in/sign-in/email', { email: 'x'.repeat(20_000) })
    expect(response.status).toBe(413)
  })
})

test('neither passwords, links, sessions nor addresses are in the log', async () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const logged = await startServer({}, pino({ level: 'trace' }, sink))
  try {
    const url = await logged.signIn.firstOperatorUrl()
    const page = browser(logged.url)
    const body = { secret: secretOf(url), name: 'Olga', password: PASSWORD, email: EMAIL }
    await page.post('/api/sign-in/invitation/accept', body)
    await signInWith(page, EMAIL, 'wrong password here')
    await signInWith(page, 'nobody@example.com')
    await page.post('/api/sign-in/sign-in/email', { email: EMAIL, password: PASSWORD, callbackURL: `${EVIL}/secret` })
    await page.post('/api/sign-in/two-factor/enable', { password: PASSWORD })
    await me(page)
    const text = lines.join('')
    const session = [...page.cookies.values()].join().split('.')[0] ?? ''
    expect(text).toContain('"operation":"getMe"')
    for (const secret of [secretOf(url), PASSWORD, 'wrong password here', session, EMAIL, 'nobody@', '/secret'])
      expect(text).not.toContain(secret)
    expect(session.length).toBeGreaterThan(20)
    expect(await (await fetch(`${logged.url}/metrics`)).text()).not.toContain('olga')
  } finally {
    await logged.close()
  }
})
