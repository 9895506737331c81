import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Browser, bodyOf, browser, firstOperator, me, PASSWORD, signInWith } from './browser.ts'
import { codeAt } from './totp.ts'

const EMAIL = 'olga@example.com'

let server: TestServer
let page: Browser
let secret: string
let backupCodes: string[]

beforeEach(async () => {
  server = await startServer()
  page = await firstOperator(server)
  const enabled = await page.post('/api/sign-in/two-factor/enable', { password: PASSWORD })
  const { totpURI, backupCodes: codes } = await bodyOf(enabled)
  secret = new URL(totpURI).searchParams.get('secret') ?? ''
  backupCodes = codes
})

afterEach(() => server.close())

const turnOn = () => page.post('/api/sign-in/two-factor/verify-totp', { code: codeAt(secret, Date.now()) })

describe('two-factor', () => {
  test('is on once a code was right', async () => {
    const wrong = await page.post('/api/sign-in/two-factor/verify-totp', { code: '000000' })
    expect(wrong.status).toBe(401)
    expect((await signInWith(browser(server.url), EMAIL)).headers.getSetCookie()[0]).toContain('session_token')
    expect((await turnOn()).status).toBe(200)
    expect((await server.signIn.admins.list(null))[0]?.twoFactor).toBe(true)
    expect((await me(page)).status).toBe(200)
  })

  test('asks for a code after the password, and for no less', async () => {
    await turnOn()
    const other = browser(server.url)
    expect(await (await signInWith(other, EMAIL)).json()).toMatchObject({ twoFactorRedirect: true })
    expect((await me(other)).status).toBe(401)
    expect((await other.post('/api/sign-in/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect((await me(other)).status).toBe(401)
    const answer = await other.post('/api/sign-in/two-factor/verify-totp', { code: codeAt(secret, Date.now()) })
    expect([answer.status, (await answer.text()).includes('token')]).toEqual([200, false])
    expect((await me(other)).status).toBe(200)
  })

  test('takes each backup code once', async () => {
    await turnOn()
    const [code = ''] = backupCodes
    for (const expected of [200, 401]) {
      const other = browser(server.url)
      await signInWith(other, EMAIL)
      const { status } = await other.post('/api/sign-in/two-factor/verify-backup-code', { code })
      expect(status).toBe(expected)
      expect((await me(other)).status).toBe(expected)
    }
  })

  test('ends guessing of codes', async () => {
    await turnOn()
    const other = browser(server.url)
    await signInWith(other, EMAIL)
    const statuses: number[] = []
    for (let times = 0; times < 12; times++)
      statuses.push((await other.post('/api/sign-in/two-factor/verify-totp', { code: '000000' })).status)
    expect(statuses).not.toContain(200)
    expect(statuses.at(-1)).toBe(429)
    const right = await other.post('/api/sign-in/two-factor/verify-totp', { code: codeAt(secret, Date.now()) })
    expect(right.status).toBe(429)
    expect((await me(other)).status).toBe(401)
  })

  test('is turned off with the password alone', async () => {
    await turnOn()
    const wrong = await page.post('/api/sign-in/two-factor/disable', { password: 'not the password' })
    expect(wrong.status).toBe(400)
    expect((await page.post('/api/sign-in/two-factor/disable', { password: PASSWORD })).status).toBe(200)
    expect((await server.signIn.admins.list(null))[0]?.twoFactor).toBe(false)
  })
})
