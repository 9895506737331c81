import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { Attempts, MOST_ATTEMPTS } from '../../src/sign-in/attempts.ts'
import { openSignInDatabase } from '../../src/sign-in/database.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type Browser, browser, firstOperator, secretOf, signInWith } from './browser.ts'

const EMAIL = 'olga@example.com'
const MINUTE = 60_000

let server: TestServer

beforeEach(async () => {
  // Requests of tests come from here, so that this is the proxy which tells clients apart.
  server = await startServer({ trustedProxies: '127.0.0.1' })
  await firstOperator(server)
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

function from(address: string): Browser {
  const page = browser(server.url)
  return { ...page, post: (path, body) => page.post(path, body, { 'X-Forwarded-For': address }) }
}

/** Counts attempts as other processes do, each of which would take its time for the password. */
async function attempt(count: number): Promise<void> {
  const database = openSignInDatabase(readConfig({ database: `sqlite:${server.scim.store.location}` }, {}))
  const attempts = new Attempts(database)
  for (let times = 0; times < count; times++) await attempts.take(EMAIL, Date.now())
  await database.close()
}

describe('guessing', () => {
  test('passwords ends with 429 for an address, and others go on', async () => {
    const page = from('192.0.2.1')
    const statuses: number[] = []
    for (let times = 0; times < 12; times++) statuses.push((await signInWith(page, EMAIL, 'a wrong password')).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
    const refused = await signInWith(page, EMAIL)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too_many_requests' })
    expect((await signInWith(from('192.0.2.2'), EMAIL)).status).toBe(200)
  })

  test('is not helped by naming another address oneself', async () => {
    const page = from('192.0.2.3')
    const statuses: number[] = []
    for (let times = 0; times < 12; times++) {
      const headers = { 'X-Forwarded-For': '192.0.2.3', 'X-Optimaite-Client-Address': `198.51.100.${times}` }
      const body = { email: EMAIL, password: 'a wrong password' }
      statuses.push((await browser(server.url).post('/api/sign-in/sign-in/email', body, headers)).status)
    }
    expect(statuses.slice(10)).toEqual([429, 429])
    expect((await signInWith(page, EMAIL)).status).toBe(429)
  })

  test('from many addresses ends for the account, for a while', async () => {
    await attempt(MOST_ATTEMPTS - 2)
    for (const address of ['198.51.100.1', '198.51.100.2'])
      expect((await signInWith(from(address), EMAIL, 'a wrong password')).status).toBe(401)
    const refused = await signInWith(from('203.0.113.1'), EMAIL.toUpperCase())
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too_many_attempts' })
    expect((await signInWith(from('203.0.113.2'), 'another@example.com')).status).toBe(401)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * MINUTE })
    expect((await signInWith(from('203.0.113.3'), EMAIL)).status).toBe(200)
  })

  test('links ends with 429', async () => {
    const url = await server.signIn.firstOperatorUrl()
    const page = from('192.0.2.4')
    const ask = async (secret: string) => (await page.post('/api/sign-in/invitation', { secret })).status
    for (let times = 0; times < 20; times++) expect(await ask(`guess-${times}`)).toBe(410)
    expect(await ask(secretOf(url))).toBe(429)
  })
})
