import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { Attempts, MOST_ATTEMPTS } from '../../src/sign-in/attempts.ts'
import { openSignInDatabase, type SignInDatabase } from '../../src/sign-in/database.ts'
import { Roles } from '../../src/sign-in/roles.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { accept, type Browser, bodyOf, browser, firstOperator, me, PASSWORD, secretOf, signInWith } from './browser.ts'
import { codeAt } from './totp.ts'

const ACCEPT = '/api/sign-in/invitation/accept'
const MINE = 'the password of somebody else'
const BOB = 'bob@example.com'

let server: TestServer
let operator: Browser

beforeEach(async () => {
  server = await startServer()
  operator = await firstOperator(server)
  for (const slug of ['acme', 'other']) await server.scim.workspaces.create(slug, { name: slug })
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const inWorkspace = (slug: string) => `/api/admin/v1/workspaces/${slug}/admins`

async function invite(page: Browser, where: string | null, email: string) {
  const response = await page.post(where === null ? '/api/admin/v1/admins' : inWorkspace(where), { email })
  const { admin, url } = await bodyOf(response)
  return { status: response.status, admin, url: url as string }
}

/** Somebody with an account, who is signed in. */
async function admin(email: string, slug = 'acme', password = PASSWORD): Promise<Browser> {
  return accept((await invite(operator, slug, email)).url, server, { password })
}

async function offered(url: string) {
  return bodyOf(await browser(server.url).post('/api/sign-in/invitation', { secret: secretOf(url) }))
}

function take(url: string, password = PASSWORD, page = browser(server.url)): Promise<Response> {
  return page.post(ACCEPT, { secret: secretOf(url), password })
}

async function powersOf(email: string, password = PASSWORD) {
  const page = browser(server.url)
  await signInWith(page, email, password)
  const { kind, workspaces } = (await me(page)).body
  return { kind, workspaces }
}

async function onDatabase<T>(work: (database: SignInDatabase) => Promise<T>): Promise<T> {
  const database = openSignInDatabase(readConfig({ database: `sqlite:${server.scim.store.location}` }, {}))
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

describe('a link holds what was asked for, and nothing of other invitations', () => {
  test('of an operator, by a workspace admin who invites the same address', async () => {
    const wim = await admin('wim@example.com')
    const open = await invite(operator, null, BOB)
    const { url, admin: answered } = await invite(wim, 'acme', BOB)
    expect(answered).toMatchObject({ email: BOB, role: 'workspace_admin', workspaces: ['acme'], state: 'invited' })
    expect(await offered(url)).toMatchObject({ role: 'workspace_admin', workspaces: ['acme'] })
    expect(await me(await accept(url, server))).toMatchObject({
      body: { kind: 'workspace_admin', workspaces: ['acme'] },
    })
    expect(await offered(open.url)).toMatchObject({ role: 'operator', workspaces: [], hasAccount: true })
  })

  test('by a key, no more than the key has itself', async () => {
    for (const [keys, admins] of [
      ['/api/admin/v1/keys', '/api/admin/v1/admins'],
      ['/api/admin/v1/workspaces/acme/keys', inWorkspace('acme')],
    ] as const) {
      const issued = await operator.post(keys, { name: 'Host', scopes: ['admins:write'], expiresAt: null })
      const headers = { Authorization: `Bearer ${(await bodyOf(issued)).text}`, 'Content-Type': 'application/json' }
      const body = JSON.stringify({ email: BOB })
      const refused = await fetch(server.url + admins, { method: 'POST', headers, body })
      expect([refused.status, (await bodyOf(refused)).code]).toEqual([403, 'scopes_beyond'])
    }
    expect((await server.signIn.admins.list(null)).map(({ email }) => email)).not.toContain(BOB)
  })

  test('of another workspace, by a workspace admin or by a key of one workspace', async () => {
    const wim = await admin('wim@example.com')
    const { scopes } = (await me(wim)).body
    const { text } = await bodyOf(
      await wim.post('/api/admin/v1/workspaces/acme/keys', { name: 'Host', scopes, expiresAt: null }),
    )
    const open = await invite(operator, 'other', BOB)
    await invite(operator, 'other', 'bert@example.com')
    const operators = await invite(operator, null, 'olaf@example.com')
    const byKey = async (email: string) => {
      const headers = { Authorization: `Bearer ${text}`, 'Content-Type': 'application/json' }
      const body = JSON.stringify({ email })
      return bodyOf(await fetch(server.url + inWorkspace('acme'), { method: 'POST', headers, body }))
    }
    for (const { admin: answered, url } of [
      await invite(wim, 'acme', BOB),
      await byKey('bert@example.com'),
      await byKey('olaf@example.com'),
    ]) {
      expect(answered).toMatchObject({ role: 'workspace_admin', workspaces: ['acme'], state: 'invited' })
      expect(await offered(url)).toMatchObject({ role: 'workspace_admin', workspaces: ['acme'] })
    }
    expect(await offered(open.url)).toMatchObject({ workspaces: ['other'] })
    expect(await offered(operators.url)).toMatchObject({ role: 'operator' })
  })

  test('ends the open ones that hold no more than it does, and no others', async () => {
    const both = async () =>
      bodyOf(await operator.post('/api/admin/v1/admins', { email: BOB, workspaces: ['acme', 'other'] }))
    const acme = await invite(operator, 'acme', BOB)
    const elsewhere = await invite(operator, 'acme', 'else@example.com')
    const wide = await both()
    expect(await offered(acme.url)).toMatchObject({ code: 'invitation_gone' })
    const again = await invite(operator, 'acme', BOB)
    expect(await offered(wide.url)).toMatchObject({ workspaces: ['acme', 'other'] })
    const all = await invite(operator, null, BOB)
    for (const { url } of [wide, again]) expect(await offered(url)).toMatchObject({ code: 'invitation_gone' })
    await both()
    expect(await offered(all.url)).toMatchObject({ role: 'operator' })
    expect(await offered(elsewhere.url)).toMatchObject({ workspaces: ['acme'] })
  })

  test('of a workspace that has its slug from another, is another', async () => {
    const before = await invite(operator, 'acme', BOB)
    await server.scim.workspaces.remove('acme')
    await new Promise((resolve) => setTimeout(resolve, 2))
    await server.scim.workspaces.create('acme', { name: 'Another Acme' })
    const page = await accept((await invite(operator, 'acme', BOB)).url, server)
    // Accepted late, the old one gives nothing, and takes nothing either.
    expect((await take(before.url)).status).toBe(200)
    expect(await me(page)).toMatchObject({ body: { workspaces: ['acme'] } })
  })
})

describe('who has an account', () => {
  test('has no more by being invited, and gets it with the link and the password', async () => {
    const page = await admin(BOB)
    const { status, admin: answered, url } = await invite(operator, 'other', BOB)
    expect([status, answered]).toEqual([
      201,
      expect.objectContaining({ email: BOB, role: 'workspace_admin', workspaces: ['other'], state: 'invited' }),
    ])
    expect(await offered(url)).toMatchObject({ email: BOB, hasAccount: true })
    expect(await me(page)).toMatchObject({ body: { workspaces: ['acme'] } })
    const response = await take(url)
    expect([response.status, await response.json()]).toEqual([
      200,
      { user: { id: expect.any(String), email: BOB, name: 'Somebody' }, signedIn: false },
    ])
    expect(await me(page)).toMatchObject({ body: { workspaces: ['acme', 'other'] } })
    expect((await take(url)).status).toBe(410)
    expect((await server.signIn.admins.list(null)).filter(({ email }) => email === BOB)).toHaveLength(1)
  })

  test('becomes an operator by the link alone', async () => {
    const page = await admin(BOB)
    const { url } = await invite(operator, null, BOB)
    expect(await me(page)).toMatchObject({ body: { kind: 'workspace_admin' } })
    expect((await take(url)).status).toBe(200)
    expect(await me(page)).toMatchObject({ body: { kind: 'operator', workspaces: 'all' } })
  })

  test('and made it by a link for a foreign address, does not get what its owner is invited to', async () => {
    const wim = await admin('wim@example.com')
    const squatted = await accept((await invite(wim, 'acme', BOB)).url, server, { password: MINE })
    const { url } = await invite(operator, null, BOB)
    expect(await me(squatted)).toMatchObject({ body: { kind: 'workspace_admin', workspaces: ['acme'] } })
    expect(await bodyOf(await take(url, PASSWORD))).toMatchObject({ status: 401, code: 'wrong_password' })
    // Once that account is removed, the link makes one.
    const found = (await server.signIn.admins.list(null)).find(
      ({ email, state }) => email === BOB && state === 'active',
    )
    await server.signIn.admins.remove(null, found?.id ?? '')
    expect(await offered(url)).toMatchObject({ hasAccount: false })
    expect(await me(await accept(url, server))).toMatchObject({ body: { kind: 'operator' } })
    expect((await me(squatted)).status).toBe(401)
  })

  test('is answered to a workspace admin with nothing of other workspaces', async () => {
    const wim = await admin('wim@example.com')
    const zoe = await admin('zoe@example.com', 'other')
    await zoe.post('/api/sign-in/two-factor/enable', { password: PASSWORD })
    const response = await wim.post(inWorkspace('acme'), { email: 'zoe@example.com' })
    const { admin: answered, url } = await bodyOf(response)
    expect(answered).toEqual({
      ...{ id: expect.any(String), email: 'zoe@example.com', name: null, role: 'workspace_admin' },
      ...{
        workspaces: ['acme'],
        state: 'invited',
        twoFactor: false,
        createdAt: expect.any(String),
        lastSignInAt: null,
      },
    })
    const known = (await server.signIn.admins.list(null)).find(
      ({ email, state }) => email === 'zoe@example.com' && state === 'active',
    )
    expect(answered.id).not.toBe(known?.id)
    expect(await offered(url)).toMatchObject({ name: null, workspaces: ['acme'] })
    const { items } = await bodyOf(await wim.get(inWorkspace('acme')))
    expect(JSON.stringify(items)).not.toContain('other')
  })

  test('with a wrong password is refused, and the link is still good', async () => {
    await admin(BOB)
    const { url } = await invite(operator, 'other', BOB)
    for (const password of ['not the password', '', 'x'.repeat(999)]) {
      const page = browser(server.url)
      const response = await take(url, password, page)
      expect([response.status, (await bodyOf(response)).code, page.cookies.size]).toEqual([401, 'wrong_password', 0])
    }
    expect(await powersOf(BOB)).toEqual({ kind: 'workspace_admin', workspaces: ['acme'] })
    expect((await take(url)).status).toBe(200)
    expect(await powersOf(BOB)).toEqual({ kind: 'workspace_admin', workspaces: ['acme', 'other'] })
  })

  test('is guarded against guessing as at sign-in, by the same count', async () => {
    await admin(BOB)
    const { url } = await invite(operator, 'other', BOB)
    await onDatabase(async (database) => {
      const attempts = new Attempts(database)
      for (let times = 1; times < MOST_ATTEMPTS; times++) await attempts.take(BOB, Date.now())
    })
    expect((await take(url, 'a wrong password')).status).toBe(401)
    expect(await bodyOf(await take(url))).toMatchObject({ status: 429, code: 'too_many_attempts' })
    expect((await signInWith(browser(server.url), BOB)).status).toBe(429)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 })
    expect((await take(url)).status).toBe(200)
  })

  test('is not signed in by it: the second factor is still asked for', async () => {
    const page = await admin(BOB)
    const { totpURI } = await bodyOf(await page.post('/api/sign-in/two-factor/enable', { password: PASSWORD }))
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    await page.post('/api/sign-in/two-factor/verify-totp', { code: codeAt(secret, Date.now()) })
    const { url } = await invite(operator, null, BOB)
    const other = browser(server.url)
    expect(await bodyOf(await take(url, PASSWORD, other))).toMatchObject({ signedIn: false })
    expect([other.cookies.size, (await me(other)).status]).toEqual([0, 401])
    expect(await bodyOf(await signInWith(other, BOB))).toMatchObject({ twoFactorRedirect: true })
    expect((await me(other)).status).toBe(401)
    await other.post('/api/sign-in/two-factor/verify-totp', { code: codeAt(secret, Date.now()) })
    expect(await me(other)).toMatchObject({ body: { kind: 'operator' } })
  })

  test('accepts once, of two at once', async () => {
    await admin(BOB)
    const { url } = await invite(operator, 'other', BOB)
    const answers = await Promise.all([take(url), take(url), take(url)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    expect(await powersOf(BOB)).toEqual({ kind: 'workspace_admin', workspaces: ['acme', 'other'] })
  })

  test('is removed while a link is accepted, and has nothing afterwards, or what the link says', async () => {
    const removed = await admin(BOB)
    const { url } = await invite(operator, null, BOB)
    const { id } = (await me(removed)).body
    const [{ status }] = await Promise.all([
      take(url),
      new Promise((resolve) => setTimeout(resolve, 20)).then(() => server.signIn.admins.remove(null, String(id))),
    ])
    expect([200, 400, 401, 409]).toContain(status)
    expect((await me(removed)).status).toBe(401)
    expect((await signInWith(browser(server.url), BOB)).status).toBe(401)
    await onDatabase(async (database) => {
      const roles = new Roles(database)
      expect(await roles.of(String(id))).toBeUndefined()
      expect(await roles.give(String(id), { role: 'operator', workspaces: [] }, Date.now())).toBe(false)
      expect(await roles.of(String(id))).toBeUndefined()
    })
  })

  test('is named in the audit trail as who accepted, and as whose password was guessed', async () => {
    const page = await admin(BOB)
    const { id } = (await me(page)).body
    const { url } = await invite(operator, 'other', BOB)
    await take(url, 'a wrong password')
    await take(url)
    const { entries } = await server.scim.audit.list(null)
    const shown = entries
      .filter(({ action }) => action === 'acceptInvitation')
      .map(({ status, actor, target }) => [status, actor.kind, actor.id, target])
    expect(shown.slice(0, 2).reverse()).toEqual([
      [401, 'nobody', '', id],
      [200, 'workspace_admin', id, id],
    ])
  })
})

describe('who has none', () => {
  test('is signed in by the link, and says a name', async () => {
    const { url } = await invite(operator, 'acme', BOB)
    expect(await offered(url)).toMatchObject({ hasAccount: false })
    expect(await bodyOf(await take(url))).toMatchObject({ status: 400, code: 'name_missing' })
    const page = browser(server.url)
    const response = await page.post(ACCEPT, { secret: secretOf(url), name: 'Bob', password: PASSWORD })
    expect(await bodyOf(response)).toMatchObject({ user: { name: 'Bob' }, signedIn: true })
    expect((await me(page)).status).toBe(200)
  })

  test('of several links of one address, accepted at once, has one account and no more than they give', async () => {
    const urls = [(await invite(operator, 'acme', BOB)).url, (await invite(operator, 'other', BOB)).url]
    const body = { name: 'Bob', password: PASSWORD }
    const accepted = async (url: string) => {
      const { status } = await browser(server.url).post(ACCEPT, { ...body, secret: secretOf(url) })
      // Who came second keeps the link.
      return status === 200 ? status : [status, (await take(url)).status]
    }
    expect(await Promise.all(urls.map(accepted))).toContain(200)
    for (const url of urls) await take(url)
    expect(await powersOf(BOB)).toEqual({ kind: 'workspace_admin', workspaces: ['acme', 'other'] })
    expect((await server.signIn.admins.list(null)).filter(({ email }) => email === BOB)).toHaveLength(1)
  })

  test('but something left of an account without a role, gets a new one', async () => {
    const before = await admin(BOB, 'acme', MINE)
    const { id } = (await me(before)).body
    // As where the process ended between the two steps of a removal.
    await onDatabase((database) => new Roles(database).takeAll(String(id)))
    const { url } = await invite(operator, 'other', BOB)
    expect(await offered(url)).toMatchObject({ hasAccount: false })
    // It might be one that is just being made.
    await expect(accept(url, server)).rejects.toThrow('account_changed')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 60_000 })
    expect(await me(await accept(url, server))).toMatchObject({ body: { workspaces: ['other'] } })
    expect((await me(before)).status).toBe(401)
    expect((await signInWith(browser(server.url), BOB, MINE)).status).toBe(401)
  })
})
