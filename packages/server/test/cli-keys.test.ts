import { beforeEach, expect, test, vi } from 'vitest'
import { LocalAdmins } from '../src/cli/local/admins.ts'
import { call, freshFolder } from './support/cli.ts'
import { startServer } from './support/server.ts'

const KEY = 'OPTIMAITE_SCIM_API_KEY'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

const cli = (...args: string[]) => call(args, cwd)

test('the first key is made before anything else is, and the service takes it', async () => {
  const server = await startServer()
  const here = ['--database', `sqlite:${server.scim.store.location}`]
  const scopes = ['--scopes', 'workspaces:read,audit:read', 'keys:write']
  const made = await cli('key', 'create', '--name', 'Deploy', ...scopes, '--expires', '90d', ...here)
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^opt_key_\w+\n$/) })
  expect(made.stderr).toMatch(/"Deploy" \(\w+\) for all workspaces, live until 2\d{3}-.*shown only now/)
  process.env[KEY] = made.stdout.trim()
  try {
    const there = ['--url', server.url]
    const second = await cli('key', 'create', '--name', 'Reports', '--scopes', 'audit:read', ...there)
    expect(second.code).toBe(0)
    const beyond = await cli('key', 'create', '--name', 'More', '--scopes', 'people:write', ...there)
    expect(beyond).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('people:write') })
    const listed = await cli('key', 'list', ...there)
    expect(listed.stdout).toMatch(/live +\d{4}-\S+ +\d{4}-\S+ +command line .* Deploy\n/)
    expect(listed.stdout).toMatch(/live +never +never +API key Deploy +Reports\n/)
    expect(listed.stdout).not.toContain('opt_key_')
    expect(await cli('key', 'revoke', second.stdout.trim(), ...here)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Revoked the API key "Reports" \(\w+\)\.\n$/),
    })
    const { entries } = await server.scim.audit.list(null)
    const keys = await server.scim.apiKeys.list(null)
    const byHand = { kind: 'command_line', name: expect.stringMatching(/^command line/) }
    expect(entries).toMatchObject([
      { action: 'revokeKey', actor: byHand, target: keys[1]?.id, status: 204 },
      { action: 'issueKey', actor: { kind: 'api_key', name: 'Deploy' }, target: null, status: 403 },
      { action: 'issueKey', actor: { kind: 'api_key', name: 'Deploy' }, target: keys[1]?.id, status: 201 },
      { action: 'issueKey', actor: byHand, target: keys[0]?.id, status: 201 },
    ])
  } finally {
    delete process.env[KEY]
    await server.close()
  }
})

test('keys of the same name are told apart by their ids', async () => {
  const create = ['key', 'create', '--name', 'Deploy', '--scopes', 'audit:read', '--json']
  const [first, second] = [JSON.parse((await cli(...create)).stdout), JSON.parse((await cli(...create)).stdout)]
  expect(first).toMatchObject({ name: 'Deploy', workspace: null, key: expect.stringMatching(/^opt_key_/) })
  const { code, stderr } = await cli('key', 'revoke', 'Deploy')
  expect([code, stderr]).toEqual([2, expect.stringContaining(second.id)])
  expect((await cli('key', 'revoke', first.id)).code).toBe(0)
  expect((await cli('key', 'revoke', 'Deploy')).stdout).toContain(second.id)
})

test('what is shown only once is shown whatever happens after it was made', async () => {
  await cli('key', 'create', '--name', 'First', '--scopes', 'audit:read')
  await cli('workspace', 'create', 'acme', '--name', 'Acme')
  const close = vi.spyOn(LocalAdmins.prototype, 'close').mockRejectedValue(new Error('The disk is gone'))
  try {
    const made = [
      await cli('key', 'create', '--name', 'Deploy', '--scopes', 'audit:read'),
      await cli('token', 'issue', 'acme', '--label', 'Okta'),
      await cli('setup-link', 'create', 'acme', '--provider', 'okta'),
    ]
    expect(made.map(({ code }) => code)).toEqual([1, 1, 1])
    const secrets = [/^opt_key_\w+\n$/, /^opt_scim_\w+\n$/, /\/setup#\S+\n$/]
    expect(made.map(({ stdout }) => stdout)).toEqual(secrets.map((secret) => expect.stringMatching(secret)))
  } finally {
    close.mockRestore()
  }
})

test.each([
  [['create', '--scopes', 'audit:read'], /--name/],
  [['create', '--name', 'x'], /--scopes/],
  [['create', '--name', 'x', '--scopes', ','], /could do nothing/],
  [['create', '--name', 'x', '--scopes', 'audit:raed'], /Did you mean --scopes audit:read/],
  [['create', '--name', 'x', '--scopes', 'audit:read', '--expires', 'soon'], /whole number and a unit/],
  [['revoke', 'x'], /no API key "x"/],
])('key %j is refused with a next step', async (args, reason) => {
  await cli('workspace', 'create', 'acme', '--name', 'Acme')
  const { code, stdout, stderr } = await cli('key', ...args)
  expect([code === 0, stdout]).toEqual([false, ''])
  expect(stderr).toMatch(reason)
})

test('what is changed on a store itself is in its audit trail, by whoever typed', async () => {
  const server = await startServer()
  const here = ['--database', `sqlite:${server.scim.store.location}`]
  for (const words of [
    ['workspace', 'create', 'acme', '--name', 'Acme'],
    ['user', 'add', 'acme', '--email', 'ana@a.example', '--name', 'Ana', '--id', 'usr_ana'],
    ['token', 'issue', 'acme', '--label', 'Secret-label'],
    ['group', 'release', 'acme', 'none'],
    ['user', 'erase', 'acme', 'ana@a.example', '--yes', 'ana@a.example'],
    ['problems', 'acme', '--dismiss', 'usr_x'],
    ['workspace', 'create', 'acme', '--name', 'Again'],
  ])
    await cli(...words, ...here)
  const told = async (slug: string | null) =>
    (await server.scim.audit.list(slug)).entries.map(({ action, target, status, actor }) => {
      expect(actor.kind).toBe('command_line')
      return [action, target, status]
    })
  const [token] = await server.scim.tokens.list('acme')
  expect(await told('acme')).toEqual([
    ['dismissProblem', 'usr_x', 404],
    ['erasePerson', '…', 200],
    ['issueToken', token?.id, 201],
    ['putPeople', null, 200],
  ])
  expect(await told(null)).toEqual([
    ['createWorkspace', null, 409],
    ['createWorkspace', 'acme', 201],
  ])
  expect(JSON.stringify(await server.scim.audit.list('acme'))).not.toMatch(/ana@|Secret-label/)
  await server.close()
})
