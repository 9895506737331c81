import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personOf } from '../src/people/person.ts'
import { call, freshFolder } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

const KEY = 'OPTIMAITE_SCIM_API_KEY'

let server: TestServer
let key: string
let cwd: string

beforeAll(async () => {
  server = await startServer()
  for (const slug of ['acme', 'other']) await server.scim.workspaces.create(slug, { name: slug, scim: true })
  await server.scim.people.upsert('acme', [personOf({ email: 'ana@example.com', name: 'Ana' })])
  await server.scim.groups.create('acme', { displayName: 'Sales' })
  const scopes = [
    'workspaces:read',
    'tokens:read',
    'tokens:write',
    'activity:read',
    'people:read',
    'people:write',
  ] as const
  const issue = { name: 'scripts', scopes, workspace: null, expiresAt: null, by: 'test' }
  key = (await server.scim.apiKeys.issue(issue)).text
})

afterAll(() => server.close())

beforeEach(async () => {
  cwd = await freshFolder()
  process.env[KEY] = key
})

const relays: Server[] = []

afterEach(() => {
  delete process.env[KEY]
  for (const relay of relays.splice(0)) relay.close().closeAllConnections()
})

const there = (...args: string[]) => call([...args, '--url', server.url], cwd)

type Answer = (response: ServerResponse) => void

/** A service before the other, which answers some requests itself and hands on the rest. */
async function before(url: string, own: (request: IncomingMessage) => Answer | undefined): Promise<string> {
  const relay = createServer(async (request, response) => {
    const { method = '', headers } = request
    const body = Buffer.concat(await request.toArray())
    const answer = own(request)
    if (answer) return answer(response)
    const handed = { Authorization: String(headers.authorization), 'Content-Type': 'application/json' }
    const sent = { method, headers: handed, ...(body.length > 0 && { body }) }
    const answered = await fetch(url + request.url, sent)
    response.writeHead(answered.status).end(await answered.text())
  })
  relays.push(relay)
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
}

function refuse(response: ServerResponse, status: number, code: string, detail: string): void {
  response.writeHead(status).end(JSON.stringify({ code, detail, fix: 'Do something.' }))
}

describe('with --url', () => {
  test('workspaces are listed as on the store itself', async () => {
    const { code, stdout } = await there('workspace', 'list', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      { slug: 'acme', createdAt: expect.stringMatching(/^2.*Z$/) },
      { slug: 'other' },
    ])
    expect((await there('workspace', 'list')).stdout).toMatch(/^acme +on +\d{4}-/m)
  })

  test('tokens are issued, listed, rotated and revoked', async () => {
    const issued = await there(
      'token',
      'issue',
      'acme',
      '--label',
      'Entra',
      '--provider',
      'entra',
      '--expires-in',
      '30d',
    )
    expect(issued).toMatchObject({ code: 0, stdout: expect.stringMatching(/^opt_scim_\w+\n$/) })
    const [token] = await server.scim.tokens.list('acme')
    expect(token).toMatchObject({ label: 'Entra', provider: 'entra', createdBy: expect.stringContaining('scripts') })
    expect(((token?.expiresAt ?? 0) - Date.now()) / 86_400_000).toBeCloseTo(30, 1)
    const rotated = await there('token', 'rotate', 'acme', 'Entra', '--overlap', '1d')
    expect(rotated.code).toBe(0)
    expect(await server.scim.tokens.list('acme')).toHaveLength(2)
    const { code } = await there('token', 'revoke', 'acme', token?.id ?? '')
    expect(code).toBe(0)
    const states = JSON.parse((await there('token', 'list', 'acme', '--json')).stdout)
    expect(states.map(({ state }: { state: string }) => state).sort()).toEqual(['live', 'revoked'])
  })

  test('activity is shown with what it is about', async () => {
    const { text } = await server.scim.tokens.issue('acme', { label: 'Okta', createdBy: 'test' })
    const headers = { Authorization: `Bearer ${text}`, 'Content-Type': 'application/json' }
    const post = (displayName: string) =>
      fetch(`${server.baseUrl}/Groups`, { method: 'POST', headers, body: JSON.stringify({ displayName }) })
    expect([(await post('New')).status, (await post('New')).status]).toEqual([201, 409])
    await server.scim.flush()
    const shown = (await there('activity', 'acme')).stdout
    expect(shown).toContain(' 201 POST   /Groups  ')
    expect(shown).toContain('"New"')
    const failed = JSON.parse((await there('activity', 'acme', '--failed', '--json')).stdout)
    expect(failed).toMatchObject([{ status: 409, at: expect.stringMatching(/Z$/) }])
  })

  test('every open problem is listed, however many, with every group', async () => {
    await server.scim.workspaces.create('troubled', { name: 'Troubled', scim: true })
    const { text } = await server.scim.tokens.issue('troubled', { label: 'Okta', createdBy: 'test' })
    const headers = { Authorization: `Bearer ${text}`, 'Content-Type': 'application/json' }
    const members = Array.from({ length: 60 }, (_, i) => ({ value: `usr_stranger${i}` }))
    for (let i = 0; i < 25; i++) {
      const body = JSON.stringify({ displayName: `Group ${i}`, members: i === 0 ? members : members.slice(0, 1) })
      expect((await fetch(`${server.baseUrl}/Groups`, { method: 'POST', headers, body })).status).toBe(201)
    }
    const listed = await there('problems', 'troubled', '--json')
    const database = ['--database', `sqlite:${server.scim.store.location}`]
    const here = await call(['problems', 'troubled', '--json', ...database], cwd)
    expect(JSON.parse(listed.stdout)).toHaveLength(60)
    expect(JSON.parse(listed.stdout)).toEqual(JSON.parse(here.stdout))
    expect((await there('problems', 'troubled')).stdout.match(/usr_stranger\d+ is named in/g)).toHaveLength(60)
  })

  test('access is explained', async () => {
    const { code, stdout } = await there('explain', 'acme', 'ana@example.com', 'Sales')
    expect([code, stdout]).toEqual([0, expect.stringContaining('Ana')])
  })

  test('people go in pieces, and a piece that is refused says what was stored before', async () => {
    await server.scim.workspaces.create('many', { name: 'Many' })
    await server.scim.people.upsert('many', [personOf({ email: 'ana@a.example', name: 'Ana', id: 'usr_ana' })])
    const rows = Array.from({ length: 10_000 }, (_, i) => `p${i}@a.example,P ${i},`)
    writeFileSync(join(cwd, 'people.csv'), ['email,name,id', ...rows, 'ana@a.example,Ana,usr_other'].join('\n'))
    const { code, stdout, stderr } = await there('user', 'import', 'many', 'people.csv')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^1 person of the file cannot be stored, after 10,000 others were stored:\n {2}line 10002: /)
    expect(await server.scim.people.list('many', { search: 'p9999@' })).toHaveLength(1)
  })

  test('rows that are refused are counted, though not all are named', async () => {
    await server.scim.workspaces.create('bad', { name: 'Bad' })
    const emails = Array.from({ length: 300 }, (_, i) => `p${i}@a.example`)
    const people = emails.map((email, i) => personOf({ email, name: 'P', id: `usr_p${i}` }))
    await server.scim.people.upsert('bad', people)
    const rows = emails.map((email, i) => `${email},P,usr_other${i}`)
    writeFileSync(join(cwd, 'people.csv'), ['email,name,id', ...rows].join('\n'))
    const { code, stderr } = await there('user', 'import', 'bad', 'people.csv')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^300 people of the file cannot be stored, so nobody was; the first 100:\n {2}line 2: /)
    const asJson = await there('user', 'import', 'bad', 'people.csv', '--json')
    expect(JSON.parse(asJson.stderr).error.details).toHaveLength(100)
  })

  test.each([
    ['a refusal', (response: ServerResponse) => refuse(response, 429, 'too_many_calls', 'Too many requests.')],
    ['an unavailable store', (response: ServerResponse) => refuse(response, 503, 'store_unavailable', 'Not now.')],
    ['a removed workspace', (response: ServerResponse) => refuse(response, 404, 'workspace_unknown', 'None "acme".')],
    ['a broken connection', (response: ServerResponse) => void response.destroy()],
    ['half an answer', (response: ServerResponse) => void response.write('{', () => response.destroy())],
  ])('a later piece that ends with %s says what was stored before', async (_, answer) => {
    await server.scim.workspaces.create('more', { name: 'More' })
    const rows = Array.from({ length: 10_002 }, (_, i) => `p${i}@a.example,P ${i},`)
    writeFileSync(join(cwd, 'people.csv'), ['email,name,id', ...rows].join('\n'))
    let pieces = 0
    const url = await before(server.url, ({ url }) => (url?.endsWith('/bulk') && ++pieces > 1 ? answer : undefined))
    const { code, stdout, stderr } = await call(['user', 'import', 'more', 'people.csv', '--url', url], cwd)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^10,000 of the 10,002 people were stored; the call for the next 2 failed:\n {2}\S/)
    expect(stderr).toMatch(/import the file again/)
    await server.scim.workspaces.remove('more')
  })

  test('a successor is handed out even if the old token could not be ended', async () => {
    const old = await server.scim.tokens.issue('other', { label: 'Okta', createdBy: 'test' })
    const { id } = old.token
    const isEnd = ({ method, url = '' }: IncomingMessage) => method === 'DELETE' || url.endsWith('/retire')
    const answer = (response: ServerResponse) => refuse(response, 503, 'store_unavailable', 'Not now.')
    const url = await before(server.url, (request) => (isEnd(request) ? answer : undefined))
    for (const overlap of ['1d', '0']) {
      const { code, stdout, stderr } = await call(
        ['token', 'rotate', 'other', id, '--overlap', overlap, '--url', url],
        cwd,
      )
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^opt_scim_\w+\n$/)])
      expect(stderr).toMatch(new RegExp(`The old one \\(${id}\\) could not be ended, and may live on until `))
      expect(stderr).toContain('Not now.')
      expect(stderr).toContain(`token revoke other ${id} --url ${url}`)
    }
    expect(await server.scim.tokens.list('other')).toHaveLength(3)
  })

  test('nothing is made here', async () => {
    await there('workspace', 'list')
    expect((await call(['workspace', 'list'], cwd)).stderr).toContain('There is no database')
  })
})

describe('the key', () => {
  test('comes from a file too', async () => {
    delete process.env[KEY]
    writeFileSync(join(cwd, 'key'), `${key}\n`)
    expect((await there('workspace', 'list', '--api-key-file', 'key')).code).toBe(0)
  })

  test('is asked for, and never shown', async () => {
    delete process.env[KEY]
    expect(await there('workspace', 'list')).toMatchObject({ code: 2, stderr: expect.stringContaining(KEY) })
    process.env[KEY] = `${key}x`
    const { code, stdout, stderr } = await there('workspace', 'list')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).not.toContain(key)
  })

  test('does not leave its scopes', async () => {
    const issue = { name: 'one', scopes: ['tokens:read'] as const, workspace: 'acme', expiresAt: null, by: 'test' }
    process.env[KEY] = (await server.scim.apiKeys.issue(issue)).text
    expect((await there('token', 'list', 'acme')).code).toBe(0)
    expect(await there('token', 'list', 'other')).toMatchObject({ code: 1, stderr: expect.stringContaining('"other"') })
    expect(await there('token', 'issue', 'acme', '--label', 'x')).toMatchObject({ code: 1 })
  })

  test('goes to nobody unencrypted, nor where an answer leads', async () => {
    const { code, stderr } = await call(['workspace', 'list', '--url', 'http://scim.example.com'], cwd)
    expect([code, stderr]).toEqual([2, expect.stringContaining('unencrypted')])
    const seen: (string | undefined)[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.url)
      response.writeHead(302, { Location: `${server.url}/api/admin/v1/workspaces` }).end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    expect((await call(['workspace', 'list', '--url', url], cwd)).code).toBe(1)
    expect(seen).toHaveLength(1)
    elsewhere.close()
  })
})
