import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { call, type Ended, freshFolder, run, start } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

let server: TestServer
let cwd: string
let ana: string
let token: string

beforeAll(async () => {
  server = await startServer()
  await server.scim.workspaces.create('acme', { name: 'Acme', scim: true })
  const people = [
    { userName: 'ana@a.example', displayName: 'Ana Lima' },
    { userName: 'mei@a.example', displayName: 'Mei' },
  ]
  ana = (await server.scim.people.upsert('acme', people)).ids[0] ?? ''
  token = (await server.scim.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })).text
})

afterAll(() => server.close())

beforeEach(async () => {
  cwd = await freshFolder()
})

function database(): string[] {
  return ['--database', `sqlite:${server.scim.store.location}`]
}

/** The real program, where the test is about its outside; the rest of the tests calls it within this process. */
function real(...args: string[]): Promise<Ended> {
  return run([...args, ...database()], { cwd })
}

function cli(...args: string[]): Promise<Ended> {
  return call([...args, ...database()], cwd)
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

async function post(path: string, body: unknown): Promise<{ status: number; id: string }> {
  const response = await fetch(server.baseUrl + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, id: ((await response.json()) as { id: string }).id }
}

describe('groups', () => {
  test('are listed and shown as the provider made them', async () => {
    const unknown = 'usr_01JZK4Q8V2M6T9W3X5Y7Z0ABCD'
    const { id } = await post('/Groups', { displayName: 'Engineering', members: [{ value: ana }, { value: unknown }] })
    expect((await real('group', 'list', 'acme')).stdout).toContain(`${id}  2`)
    const shown = await real('group', 'show', 'acme', 'engineering')
    expect(shown.stdout).toMatch(/^Managed by +the provider$/m)
    expect(shown.stdout).toContain(`${ana}  effective   Ana Lima\n`)
    expect(shown.stdout).toContain(`${unknown}  unresolved  –\n`)
    const [listed] = await json('group', 'list', 'acme')
    expect(listed).toMatchObject({ id, displayName: 'Engineering', memberCount: 2 })
    const members = [
      { id: ana, displayName: 'Ana Lima', userName: 'ana@a.example', state: 'effective' },
      { id: unknown, displayName: null, userName: null, state: 'unresolved' },
    ]
    expect(await json('group', 'show', 'acme', id)).toEqual({ ...listed, members: expect.arrayContaining(members) })
    expect((await real('user', 'show', 'acme', ana)).stdout).toMatch(/^Groups +Engineering$/m)
  })

  test('with more members than fit are cut, and say so', async () => {
    const members = Array.from({ length: 101 }, (_, i) => ({ value: `usr_${i}` }))
    await post('/Groups', { displayName: 'Everyone', members })
    const cut = await cli('group', 'show', 'acme', 'Everyone')
    expect(cut.stdout.match(/unresolved/g)).toHaveLength(100)
    expect(cut.stderr).toContain('1 more member: add --all')
    const all = await cli('group', 'show', 'acme', 'Everyone', '--all')
    expect(all.stdout.match(/unresolved/g)).toHaveLength(101)
    expect(all.stderr).toBe('')
    expect((await json('group', 'show', 'acme', 'Everyone')).members).toHaveLength(101)
  })

  test('that are not there are refused with the next step', async () => {
    const ended = await cli('group', 'show', 'acme', 'Nothing')
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/There is no group "Nothing" in "acme"\.\n.*group list acme/)
  })

  test('of an empty workspace: what to look at', async () => {
    await server.scim.workspaces.create('empty', { name: 'Empty' })
    expect((await cli('group', 'list', 'empty')).stderr).toContain('activity empty')
    expect((await cli('activity', 'empty')).stderr).toContain('No provider has asked')
    expect((await cli('activity', 'empty', '--failed')).stderr).toContain('Nothing has failed')
  })
})

describe('activity', () => {
  test('tells what was asked, and why it failed', async () => {
    await post('/Groups', { displayName: 'Sales' })
    await post('/Groups', { displayName: 'sales' })
    // What was refused is gathered by the server, and written once a second.
    const stdout = await vi.waitFor(
      async () => {
        const shown = (await real('activity', 'acme')).stdout
        expect(shown).toMatch(
          / 409 POST {3}\/Groups {2}Entra could not create the group: the group name is taken\n {2}The group name "sales" is taken by .*\n {2}Fix: Rename/,
        )
        return shown
      },
      { timeout: 240_000, interval: 500 },
    )
    expect(stdout).toMatch(/ 201 POST {3}\/Groups {2}Entra: "Sales": created\n/)
    const failed = (await real('activity', 'acme', '--failed')).stdout
    expect(failed).not.toContain(' 201 ')
    expect(failed).toContain(' 409 ')
    const [last] = await json('activity', 'acme', '--failed', '--limit', '1')
    expect(last).toMatchObject({ status: 409, problem: 'group_name_taken', token: 'Entra', fix: expect.any(String) })
  })

  test('is followed until interrupted', async () => {
    await post('/Groups', { displayName: 'Before' })
    const following = start(['activity', 'acme', '--follow', ...database()], { cwd })
    await following.until(/"Before": created/)
    await post('/Groups', { displayName: 'Meanwhile' })
    await following.until(/"Meanwhile": created/)
    following.kill('SIGINT')
    const { code, stdout } = await following.ended
    expect(code).toBe(0)
    expect(stdout.match(/"Before": created/g)).toHaveLength(1)
    expect(stdout.match(/"Meanwhile": created/g)).toHaveLength(1)
  })

  test('is refused with a limit that is none', async () => {
    expect(await cli('activity', 'acme', '--limit', 'all')).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('rehearse', () => {
  const scratch = async () => (await server.scim.workspaces.list()).filter(({ slug }) => slug.startsWith('rehearsal-'))

  test('plays a session, narrates it, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await real('rehearse', 'onelogin', '--url', server.url)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/All held: \d+ sessions?, \d+ steps, /)
    expect(await scratch()).toEqual([])
  })

  test('is JSON for scripts', async () => {
    const result = await json('rehearse', 'onelogin', '--url', server.baseUrl)
    expect(result).toMatchObject({
      ok: true,
      results: expect.arrayContaining([expect.objectContaining({ session: 'onelogin' })]),
    })
  })

  test('sweeps what a crash left an hour ago, and nothing younger', async () => {
    const { slug } = await server.scratch.create({ unknownUsers: 'refuse', unknownMembers: 'record' }, [])
    await server.scim.workspaces.create('rehearsal-room', { name: 'A customer' })
    expect((await cli('workspace', 'list')).stdout).not.toContain(slug)
    expect(await server.scratch.sweep()).toBe(0)
    const { scratchWorkspaces } = await import('../src/rehearse/scratchWorkspaces.ts')
    expect(await scratchWorkspaces(server.scim, () => Date.now() + 3_600_001).sweep()).toBe(1)
    expect(await server.scim.workspaces.find(slug)).toBeUndefined()
    expect(await server.scim.workspaces.find('acme')).toBeDefined()
    expect(await server.scim.workspaces.find('rehearsal-room')).toBeDefined()
    await server.scim.workspaces.remove('rehearsal-room')
  })

  test('says so where no service answers, or one that works on another store', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const silent = await cli('rehearse', 'okta', '--url', `http://127.0.0.1:${port}`)
    expect(silent).toMatchObject({ code: 1, stdout: '' })
    expect(silent.stderr).toMatch(/No service answers at .*\n.*npx optimaite-scim serve --database/)
    await call(['workspace', 'create', 'other', '--name', 'Other'], cwd)
    const elsewhere = await call(['rehearse', 'okta', '--url', server.url], cwd)
    expect(elsewhere).toMatchObject({ code: 1, stdout: '' })
    expect(elsewhere.stderr).toMatch(/works on another database than .*\n.*--database/)
  })

  test.each([
    [['okat'], /There is no session "okat"\.\nDid you mean "okta"\?/],
    [['okta', '--url', 'localhost'], /--url localhost is not possible: .*\n.*--url http/],
  ])('refuses %j', async (args, message) => {
    const ended = await cli('rehearse', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
