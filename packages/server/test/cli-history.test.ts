import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { call, type Ended, freshFolder } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

const STRANGER = 'usr_stranger'

let server: TestServer
let cwd: string
let token: string
let group: string

/** A group of Ana and somebody unknown, made by a provider, and then renamed. */
beforeAll(async () => {
  server = await startServer()
  const { scim } = server
  await scim.workspaces.create('acme', { name: 'Acme', scim: true })
  await scim.people.upsert('acme', [
    { id: 'usr_ana', userName: 'ana@a.example', displayName: 'Ana Lima' },
    { id: 'usr_mei', userName: 'mei@a.example', displayName: 'Mei' },
  ])
  token = (await scim.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })).text
  const members = [{ value: 'usr_ana' }, { value: STRANGER }]
  group = (await send('POST', '/Groups', { displayName: 'Engineering', members })).id
  const Operations = [{ op: 'replace', path: 'displayName', value: 'Builders' }]
  await send('PATCH', `/Groups/${group}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })
})

afterAll(() => server.close())

beforeEach(async () => {
  cwd = await freshFolder()
})

async function send(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(server.baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify(body),
  })
  expect(response.ok).toBe(true)
  return JSON.parse((await response.text()) || '{}') as { id: string }
}

function cli(...args: string[]): Promise<Ended> {
  return call([...args, '--database', `sqlite:${server.scim.store.location}`], cwd)
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

test('explain says why somebody has access, in two languages, and where to go on', async () => {
  const english = await cli('explain', 'acme', 'ana@a.example', 'builders')
  expect(english).toMatchObject({ code: 0 })
  expect(english.stdout).toMatch(/^Ana Lima .*is a member of "Builders" since .*"?Entra"?.*\n$/)
  expect(english.stderr).toContain(`history acme ${group}`)
  const german = await cli('explain', 'acme', 'usr_ana', group, '--language', 'de')
  expect(german.stdout).toContain('Mitglied')
  expect(await json('explain', 'acme', 'usr_ana', 'Builders')).toMatchObject({
    status: 'effective',
    effective: true,
    since: { actor: { kind: 'token', label: 'Entra' }, at: expect.stringMatching(/^\d{4}-.*Z$/) },
    sentence: { en: expect.any(String), de: expect.any(String) },
  })
})

test('explain says why not, and leads to what is open', async () => {
  expect((await cli('explain', 'acme', 'usr_mei', 'Builders')).stdout).toContain('never a member')
  const stranger = await cli('explain', 'acme', STRANGER, 'Builders')
  expect(stranger.stdout).toContain('not effective')
  expect(stranger.stderr).toContain('problems acme')
})

test('explain of what nobody knows fails with the next step; a script reads why', async () => {
  const person = await cli('explain', 'acme', 'usr_nobody', 'Builders')
  expect(person).toMatchObject({ code: 1, stdout: '' })
  expect(person.stderr).toMatch(/Nobody is known by .*\n.*user list acme/)
  const unknown = await cli('explain', 'acme', 'usr_ana', 'Nothing')
  expect(unknown).toMatchObject({ code: 1, stdout: '' })
  expect(unknown.stderr).toMatch(/There is no group .*\n.*group list acme/)
  expect(await json('explain', 'acme', 'usr_ana', 'Nothing')).toMatchObject({ status: 'group_unknown' })
  expect(await cli('explain', 'acme', 'usr_ana', 'Builders', '--language', 'fr')).toMatchObject({ code: 2 })
})

test('history of a group: what happened, the newest last', async () => {
  const { code, stdout } = await cli('history', 'acme', 'Builders')
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(3)
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z "Engineering": created, by the token "Entra".*act_/)
  expect(stdout).toMatch(/"Engineering": added .*Ana Lima.*, by the token "Entra"/)
  expect(lines.at(-1)).toMatch(/renamed from "Engineering" to "Builders", by the token "Entra"/)
  const found = await json('history', 'acme', group)
  expect(found).toMatchObject({ kind: 'group', id: group, displayName: 'Builders', more: false })
  expect(found.entries).toHaveLength(lines.length)
})

test('history in fewer entries says that there are older ones', async () => {
  const { stdout, stderr } = await cli('history', 'acme', 'Builders', '--limit', '1')
  expect(stdout).toMatch(/^[^\n]*renamed from[^\n]*\n$/)
  expect(stderr).toContain('--limit')
  expect(await json('history', 'acme', 'Builders', '--limit', '1')).toMatchObject({ more: true })
  expect(await cli('history', 'acme', 'Builders', '--limit', '0')).toMatchObject({ code: 2 })
})

test('history of a person, also where a group is called the same', async () => {
  expect(await json('history', 'acme', 'usr_ana')).toMatchObject({ kind: 'person', id: 'usr_ana' })
  await send('POST', '/Groups', { displayName: 'ana@a.example' })
  expect(await json('history', 'acme', 'ana@a.example')).toMatchObject({ kind: 'group' })
  expect(await json('history', 'acme', 'ana@a.example', '--person')).toMatchObject({ kind: 'person', id: 'usr_ana' })
  expect((await cli('history', 'acme', 'usr_ana')).stdout).toContain('"Engineering": added')
})

test('history of nobody fails with the next step', async () => {
  const ended = await cli('history', 'acme', 'Nothing')
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(/no group or person "Nothing" in "acme"\.\n.*group list acme.*user list acme/)
})

test('group release hands a group to the host, until the provider writes again', async () => {
  const { id } = await send('POST', '/Groups', { displayName: 'Sales' })
  const released = await cli('group', 'release', 'acme', 'sales')
  expect(released).toMatchObject({ code: 0, stdout: expect.stringContaining(`Released "Sales" (${id})`) })
  expect(released.stderr).toContain('next write of a provider')
  expect(await server.scim.groups.find('acme', id)).toMatchObject({ managed: false })
  expect((await cli('group', 'release', 'acme', id)).stdout).toContain('is not managed by a provider')
  expect(await json('group', 'release', 'acme', id)).toMatchObject({ id, managed: false, released: false })
  expect((await cli('history', 'acme', 'Sales')).stdout).toMatch(/released by an admin, by command line/)
  expect(await cli('group', 'release', 'acme', 'Nothing')).toMatchObject({ code: 1, stdout: '' })
})

test('problems shows what is open, each with its fix, and puts an id aside', async () => {
  const { code, stdout } = await cli('problems', 'acme')
  expect(code).toBe(0)
  expect(stdout).toContain(`${STRANGER} is named in "Builders", and nobody of that id is known`)
  expect(stdout).toMatch(new RegExp(`Fix: .*problems acme --dismiss ${STRANGER}`))
  expect(await json('problems', 'acme')).toEqual([
    expect.objectContaining({ kind: 'unresolved_member', id: STRANGER, since: expect.anything() }),
  ])
  expect((await cli('problems', 'acme', '--dismiss', STRANGER)).stdout).toContain(`Put ${STRANGER} aside`)
  const nothing = await cli('problems', 'acme')
  expect(nothing).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing is open in "acme".\n' })
  const again = await cli('problems', 'acme', '--dismiss', 'usr_ana')
  expect(again).toMatchObject({ code: 1, stdout: '' })
  expect(again.stderr.trimEnd().split('\n')).toHaveLength(2)
})

test('problems tells of tokens that are about to end', async () => {
  await server.scim.workspaces.create('ending', { name: 'Ending' })
  const { token: ending } = await server.scim.tokens.issue('ending', {
    label: 'Okta',
    createdBy: 'test',
    lifetime: 24 * 3_600_000,
  })
  expect((await cli('problems', 'ending')).stdout).toMatch(
    new RegExp(`The token "Okta" \\(${ending.id}\\) ends at .*\\n {2}Fix: .*token rotate ending ${ending.id}`),
  )
})
