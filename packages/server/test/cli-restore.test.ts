import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { personOf } from '../src/people/person.ts'
import { call, freshFolder } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

const KEY = 'OPTIMAITE_SCIM_API_KEY'

let server: TestServer
let cwd: string

beforeAll(async () => {
  server = await startServer()
  const { scim } = server
  await scim.workspaces.create('acme', { name: 'Acme' })
  const issue = { name: 'scripts', scopes: ['groups:write', 'audit:read'], workspace: null, expiresAt: null } as const
  process.env[KEY] = (await scim.apiKeys.issue({ ...issue, by: 'test' })).text
})

afterAll(async () => {
  delete process.env[KEY]
  await server.close()
})

beforeEach(async () => {
  cwd = await freshFolder()
})

test.each([
  ['here', () => ['--database', `sqlite:${server.scim.store.location}`]],
  ['there', () => ['--url', server.url]],
])('members of a moment are brought back, %s', async (name, place) => {
  const { scim } = server
  const group = `Team ${name}`
  const ids = ['ana', 'mei', 'kai', 'lee'].map((id) => `usr_${id}${name}`)
  const [ana = '', mei = '', kai = '', lee = ''] = ids
  await scim.people.upsert(
    'acme',
    ids.map((id) => personOf({ email: `${id}@a.example`, name: id.slice(4), id })),
  )
  const { id } = await scim.groups.create('acme', { displayName: group, members: [ana, mei, kai] }, { admin: 'test' })
  const at = new Date((await scim.history.ofGroup('acme', id)).entries[0]?.at ?? 0).toISOString()
  await new Promise((resolve) => setTimeout(resolve, 5))
  await scim.groups.remove('acme', id, [mei, kai], { admin: 'test' })
  await scim.groups.add('acme', id, [lee], { admin: 'test' })
  await scim.people.remove('acme', [kai])
  const cli = (...args: string[]) => call(['group', 'restore', 'acme', group, '--at', at, ...args, ...place()], cwd)

  const asked = await cli()
  expect(asked.code).toBe(2)
  expect(asked.stdout).toMatch(new RegExp(`^add +${mei} +mei${name}$`, 'm'))
  expect(asked.stdout).toMatch(new RegExp(`^remove +${lee} `, 'm'))
  expect(asked.stdout).toMatch(new RegExp(`^not there any more +${kai} `, 'm'))
  expect(asked.stdout).toMatch(/: 1 to add, 1 to remove, and 1 member of then not there any more\n$/)
  expect(asked.stderr).toContain(`group restore acme '${group}' --at ${at} --yes ${place().join(' ')}`)
  const { members } = await scim.groups.members('acme', id)
  expect(members.map(({ id }) => id).sort()).toEqual([ana, lee].sort())

  const scripted = await cli('--json')
  expect(scripted.code).toBe(2)
  expect(JSON.parse(scripted.stdout)).toMatchObject({
    added: { count: 1 },
    missing: { people: [{ id: kai }] },
    restored: null,
  })
  const done = await cli('--yes')
  expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/as one change: 1 added, 1 removed\.\n$/) })
  expect(done.stderr).toMatch(/provider is not told, and its next push wins/)
  const after = await scim.groups.members('acme', id)
  expect(after.members.map(({ id }) => id).sort()).toEqual([ana, mei].sort())
  expect(JSON.parse((await cli('--yes', '--json')).stdout)).toMatchObject({ removed: { count: 0 }, restored: null })

  const trail = JSON.parse((await call(['audit', 'acme', '--all', '--json', ...place()], cwd)).stdout)
  const restores = trail.filter(
    ({ action, target }: Record<string, string>) => action === 'restoreGroup' && target === id,
  )
  expect(restores).toMatchObject([{ status: 200, details: { at, added: 1, removed: 1 } }])
})
