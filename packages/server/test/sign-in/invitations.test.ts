import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { offerFirstOperator } from '../../src/sign-in/firstOperator.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { accept, bodyOf, browser, firstOperator, me, PASSWORD, secretOf, signInWith } from './browser.ts'

const HOUR = 3_600_000
const ACCEPT = '/api/sign-in/invitation/accept'

let server: TestServer

beforeEach(async () => {
  server = await startServer()
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

describe('the first operator', () => {
  test('has a link that is used once', async () => {
    const url = await server.signIn.firstOperatorUrl()
    const page = await accept(url, server, { email: 'olga@example.com' })
    expect(await me(page)).toMatchObject({ status: 200, body: { kind: 'operator' } })
    const again = browser(server.url)
    const body = { secret: secretOf(url), name: 'Eve', password: PASSWORD, email: 'eve@example.com' }
    expect(await (await again.post(ACCEPT, body)).json()).toMatchObject({ status: 410, code: 'invitation_gone' })
    expect(again.cookies.size).toBe(0)
    expect((await signInWith(again, 'eve@example.com')).status).toBe(401)
  })

  test('has a link that, used twice at once, makes one account', async () => {
    const secret = secretOf(await server.signIn.firstOperatorUrl())
    const answers = await Promise.all(
      ['a@example.com', 'b@example.com', 'c@example.com'].map((email) =>
        browser(server.url).post(ACCEPT, { secret, name: 'Somebody', password: PASSWORD, email }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    expect(await server.signIn.admins.list(null)).toHaveLength(1)
  })

  test('has a link for a day', async () => {
    const url = await server.signIn.firstOperatorUrl()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * HOUR })
    const response = await browser(server.url).post('/api/sign-in/invitation', { secret: secretOf(url) })
    expect(response.status).toBe(410)
    await expect(accept(url, server, { email: 'olga@example.com' })).rejects.toThrow('invitation_gone')
  })

  test('has one link: a new one ends those before', async () => {
    const before = await server.signIn.firstOperatorUrl()
    const url = await server.signIn.firstOperatorUrl()
    await expect(accept(before, server, { email: 'olga@example.com' })).rejects.toThrow('invitation_gone')
    await accept(url, server, { email: 'olga@example.com' })
  })

  test('has a link that ends once there is an operator by another way', async () => {
    const url = await server.signIn.firstOperatorUrl()
    const invited = await server.signIn.admins.invite(null, { email: 'olga@example.com' }, 'Command line')
    await accept(invited.url, server)
    const read = await browser(server.url).post('/api/sign-in/invitation', { secret: secretOf(url) })
    expect(read.status).toBe(410)
    await expect(accept(url, server, { email: 'eve@example.com' })).rejects.toThrow('invitation_gone')
    expect(await server.signIn.admins.list(null)).toHaveLength(1)
  })

  test('keeps the link where the password is too short or the address is missing', async () => {
    const url = await server.signIn.firstOperatorUrl()
    await expect(accept(url, server, { email: 'olga@example.com', password: 'short' })).rejects.toThrow('too_short')
    await expect(accept(url, server)).rejects.toThrow('email_missing')
    await accept(url, server, { email: 'olga@example.com' })
  })
})

describe('where the first link goes', () => {
  let folder: string
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-'))
    lines.length = 0
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  const offer = (isTerminal: boolean) => {
    const config = readConfig({ database: `sqlite:${join(folder, 'data', 'scim.db')}` }, {})
    return offerFirstOperator(server.signIn, config, log, isTerminal)
  }

  test('is the terminal, where there is one', async () => {
    const offered = await offer(true)
    expect(offered).toEqual({ url: expect.stringContaining('/invite#') })
    expect(existsSync(join(folder, 'data'))).toBe(false)
    expect(lines).toEqual([])
  })

  test('else a file that only its owner reads, made anew at each start and gone with the first operator', async () => {
    const file = join(folder, 'data', 'first-operator-link')
    expect(await offer(false)).toEqual({ file })
    const first = readFileSync(file, 'utf8')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(lines.join('')).toContain(file)
    expect(lines.join('')).not.toContain(secretOf(first).trim())
    writeFileSync(file, first, { mode: 0o644 })
    expect(await offer(false)).toEqual({ file })
    const second = readFileSync(file, 'utf8').trim()
    expect(second).not.toBe(first.trim())
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(accept(first.trim(), server, { email: 'olga@example.com' })).rejects.toThrow('invitation_gone')
    await accept(second, server, { email: 'olga@example.com' })
    expect(await offer(false)).toBeUndefined()
    expect(existsSync(file)).toBe(false)
  })
})

describe('an invitation', () => {
  test('says what it offers, and changes nothing by being read', async () => {
    await server.scim.workspaces.create('acme', { name: 'Acme' })
    const operator = await firstOperator(server)
    const invited = await operator.post('/api/admin/v1/workspaces/acme/admins', { email: 'Wanda@Example.com' })
    const { url, admin } = await bodyOf(invited)
    expect(admin).toMatchObject({ email: 'wanda@example.com', role: 'workspace_admin', state: 'invited' })
    for (let times = 0; times < 3; times++) {
      const response = await browser(server.url).post('/api/sign-in/invitation', { secret: secretOf(url) })
      expect(await response.json()).toMatchObject({ email: 'wanda@example.com', workspaces: ['acme'] })
    }
    const page = await accept(url, server)
    expect(await me(page)).toMatchObject({ body: { kind: 'workspace_admin', workspaces: ['acme'] } })
    await expect(accept(url, server)).rejects.toThrow('invitation_gone')
  })

  test('is for the address that it was sent to', async () => {
    const operator = await firstOperator(server)
    const { url } = await bodyOf(await operator.post('/api/admin/v1/admins', { email: 'otto@example.com' }))
    await expect(accept(url, server, { email: 'eve@example.com' })).rejects.toThrow('email_differs')
    await accept(url, server, { email: 'Otto@example.com' })
    expect((await signInWith(browser(server.url), 'otto@example.com')).status).toBe(200)
  })

  test('lives for a week, and can be taken back', async () => {
    const operator = await firstOperator(server)
    const invite = async (email: string) => bodyOf(await operator.post('/api/admin/v1/admins', { email }))
    const taken = await invite('taken@example.com')
    expect((await operator.delete(`/api/admin/v1/admins/${taken.admin.id}`)).status).toBe(204)
    await expect(accept(taken.url, server)).rejects.toThrow('invitation_gone')
    const { url } = await invite('late@example.com')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 24 * HOUR })
    await expect(accept(url, server)).rejects.toThrow('invitation_gone')
    expect((await server.signIn.admins.list(null)).map(({ state }) => state)).toEqual(['active', 'expired'])
  })

  test('made again for the same address ends the one before', async () => {
    const operator = await firstOperator(server)
    const invite = async () => bodyOf(await operator.post('/api/admin/v1/admins', { email: 'otto@example.com' }))
    const [before, after] = [await invite(), await invite()]
    await expect(accept(before.url, server)).rejects.toThrow('invitation_gone')
    await accept(after.url, server)
  })
})
