import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { browser, firstOperator, me, PASSWORD, signInWith } from './browser.ts'

const EMAIL = 'olga@example.com'

let server: TestServer

beforeEach(async () => {
  server = await startServer()
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

describe('a session', () => {
  test('begins with e-mail address and password, and ends with signing out', async () => {
    await firstOperator(server)
    const page = browser(server.url)
    expect((await me(page)).status).toBe(401)
    expect((await signInWith(page, EMAIL)).status).toBe(200)
    expect(await me(page)).toMatchObject({ status: 200, body: { kind: 'operator', email: EMAIL, workspaces: 'all' } })
    const before = new Map(page.cookies)
    expect((await page.post('/api/sign-in/sign-out')).status).toBe(200)
    for (const [name, value] of before) page.cookies.set(name, value)
    expect((await me(page)).status).toBe(401)
  })

  test('goes on while somebody works, and ends three days after', async () => {
    const page = await firstOperator(server)
    const start = Date.now()
    const later = (hours: number) => vi.useFakeTimers({ toFake: ['Date'], now: start + hours * 3_600_000 })
    later(48)
    expect(await (await page.get('/api/sign-in/get-session')).json()).toMatchObject({ user: { email: EMAIL } })
    later(96)
    expect((await me(page)).status).toBe(200)
    // Pages that ask for themselves alone do not keep it.
    later(121)
    expect((await me(page)).status).toBe(401)
  })

  test('has a cookie that scripts do not see and other sites do not send', async () => {
    await firstOperator(server)
    const response = await signInWith(browser(server.url), EMAIL)
    const [cookie, ...others] = response.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(/^optimaite\.session_token=/)
    expect(cookie).toContain('; HttpOnly')
    expect(cookie).toContain('; SameSite=Strict')
    expect(cookie).toContain('; Path=/')
    expect(cookie).not.toContain('Secure')
    expect(await response.text()).not.toContain('token')
  })

  test('has a Secure cookie where the public URL is https, and the browser is told to stay with it', async () => {
    const secure = await startServer({ publicUrl: 'https://scim.example.com' })
    const url = await secure.signIn.firstOperatorUrl()
    expect(url).toMatch(/^https:\/\/scim\.example\.com\/invite#[\w-]{43}$/)
    const page = browser(secure.url, 'https://scim.example.com')
    const body = { secret: url.split('#')[1], name: 'Olga', password: PASSWORD, email: EMAIL }
    const response = await page.post('/api/sign-in/invitation/accept', body)
    await secure.close()
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Secure-optimaite\.session_token=.*; Secure/),
    ])
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d+/)
  })

  test('is a new one after signing in, whatever the browser had before', async () => {
    await firstOperator(server)
    const attacker = browser(server.url)
    await signInWith(attacker, EMAIL)
    const victim = browser(server.url)
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value)
    await signInWith(victim, EMAIL)
    expect([...victim.cookies.values()]).not.toEqual([...attacker.cookies.values()])
    const made = browser(server.url)
    made.cookies.set('optimaite.session_token', 'chosen-by-somebody-else.signature')
    await signInWith(made, EMAIL)
    expect(made.cookies.get('optimaite.session_token')).not.toMatch(/^chosen/)
  })

  test('is not made by a wrong password, and what is said does not tell whether there is an account', async () => {
    await firstOperator(server)
    const wrong = await signInWith(browser(server.url), EMAIL, 'another long password')
    const unknown = await signInWith(browser(server.url), 'nobody@example.com')
    expect(wrong.status).toBe(401)
    expect(wrong.headers.getSetCookie()).toEqual([])
    expect([unknown.status, await unknown.text()]).toEqual([wrong.status, await wrong.text()])
  })

  test('of others ends when the password is changed', async () => {
    const page = await firstOperator(server)
    const other = browser(server.url)
    await signInWith(other, EMAIL)
    const newPassword = 'quite another password'
    const body = { currentPassword: PASSWORD, newPassword, revokeOtherSessions: true }
    expect((await page.post('/api/sign-in/change-password', body)).status).toBe(200)
    expect((await me(page)).status).toBe(200)
    expect((await me(other)).status).toBe(401)
    expect((await signInWith(browser(server.url), EMAIL)).status).toBe(401)
    expect((await signInWith(browser(server.url), EMAIL, newPassword)).status).toBe(200)
  })

  test('cannot be forged by a cookie with another signature', async () => {
    const page = await firstOperator(server)
    const [name = '', value = ''] = [...page.cookies][0] ?? []
    const forged = browser(server.url)
    forged.cookies.set(name, value.replace(/\..*/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D'))
    expect((await me(forged)).status).toBe(401)
  })
})
