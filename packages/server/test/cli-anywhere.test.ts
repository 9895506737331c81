import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCOPES } from '@optimaite/scim'
import type { Command } from 'commander'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Library } from '../src/cli/library.ts'
import { withLocalLibrary } from '../src/cli/local/library.ts'
import { type Remote, remoteOf } from '../src/cli/remote/call.ts'
import { remoteLibrary } from '../src/cli/remote/library.ts'
import { readConfig } from '../src/config.ts'
import { personOf } from '../src/people/person.ts'
import { createProgram } from '../src/program.ts'
import { call, type Ended, freshFolder } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

const KEY = 'OPTIMAITE_SCIM_API_KEY'
const PUBLIC_URL = 'https://scim.example.com'

interface Place {
  readonly server: TestServer
  /** Holds found in it, by their order. */
  readonly hold: string
  /** Of a setup link, and what is of another service. */
  readonly secret: string
  readonly options: readonly string[]
}

let local: Place
let remote: Place
let cwd: string

beforeAll(async () => {
  process.env.PUBLIC_URL = PUBLIC_URL
  const [here, there] = [await filled(), await filled()]
  local = { ...here, options: ['--database', `sqlite:${here.server.scim.store.location}`] }
  remote = { ...there, options: ['--url', there.server.url] }
  const issue = { name: 'scripts', scopes: SCOPES, workspace: null, expiresAt: null, by: 'test' }
  process.env[KEY] = (await there.server.scim.apiKeys.issue(issue)).text
})

afterAll(async () => {
  delete process.env[KEY]
  delete process.env.PUBLIC_URL
  await local.server.close()
  await remote.server.close()
})

beforeEach(async () => {
  cwd = await freshFolder()
  writeFileSync(join(cwd, 'people.csv'), 'email,name,id\nana@a.example,Ana Lima,usr_ana\njo@a.example,Jo,usr_jo\n')
  writeFileSync(join(cwd, 'bad.csv'), 'email,name,id\nana@a.example,Ana Lima,usr_other\n')
})

/** Two of everything that a provider leaves behind, the same in each store. */
async function filled() {
  const server = await startServer({ publicUrl: PUBLIC_URL })
  const { scim } = server
  const guard = { on: true, limit: 1 }
  await scim.workspaces.create('acme', { name: 'Acme', scim: true, guard })
  await scim.workspaces.create('empty', { name: 'Empty' })
  const people = [
    ['ana', 'Ana'],
    ['mei', 'Mei'],
    ['kai', 'Kai'],
  ] as const
  const rows = people.map(([id, name]) => personOf({ email: `${id}@a.example`, name, id: `usr_${id}` }))
  await scim.people.upsert('acme', rows)
  const { text } = await scim.tokens.issue('acme', { label: 'Entra', provider: 'entra', createdBy: 'test' })
  const send = async (method: string, path: string, body: object) => {
    const headers = { Authorization: `Bearer ${text}`, 'Content-Type': 'application/scim+json' }
    const response = await scim.fetch(
      new Request(server.baseUrl + path, { method, headers, body: JSON.stringify(body) }),
    )
    return JSON.parse((await response.text()) || '{}') as { id: string }
  }
  const members = [...people.map(([id]) => ({ value: `usr_${id}` })), { value: 'usr_stranger' }]
  const { id } = await send('POST', '/Groups', { displayName: 'Sales', members })
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  await send('PATCH', `/Groups/${id}`, { schemas, Operations: [{ op: 'replace', path: 'members', value: [] }] })
  await scim.groups.create('acme', { displayName: 'Board', members: ['usr_mei'] }, { admin: 'test' })
  const actor = { kind: 'operator', id: 'adm_olga', name: 'Olga' }
  for (const action of ['issueToken', 'restoreGroup'])
    await scim.audit.write({ workspace: 'empty', actor, address: '192.0.2.7', action, target: null, status: 200 })
  const read = { address: '192.0.2.7', action: 'listGroups', target: null, status: 200, read: true }
  await scim.audit.write({ workspace: 'empty', actor, ...read })
  await scim.flush()
  const [hold] = await scim.holds.list('acme')
  const { secret } = await scim.setupLinks.create('acme', { provider: 'okta', note: 'pasted', by: 'test' })
  return { server, hold: hold?.id ?? '', secret }
}

/** Each with the words that are typed; `HOLD`, `SECRET` and `KEY` stand for what each place has of its own. */
/** Said in full, so that both trails have the same. */
const HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString()

const COMMANDS: readonly string[][] = [
  // Before anything is written, which the trail tells apart.
  ['audit'],
  ['audit', 'empty'],
  ['audit', 'empty', '--limit', '1'],
  ['audit', 'empty', '--limit', '1', '--all'],
  ['audit', 'none'],
  ['health'],
  ['health', 'acme'],
  ['health', 'empty'],
  ['health', 'none'],
  ['workspace', 'list'],
  ['workspace', 'show', 'acme'],
  ['workspace', 'show', 'none'],
  ['workspace', 'create', 'new', '--name', 'New', '--scim', 'on', '--guard', '7'],
  ['workspace', 'create', 'acme', '--name', 'Again'],
  ['workspace', 'create', 'No Slug', '--name', 'Again'],
  ['workspace', 'set', 'new', '--name', 'Newer', '--scim', 'off'],
  ['workspace', 'set', 'none', '--name', 'Newer'],
  ['workspace', 'delete', 'new', '--yes', 'new'],
  ['workspace', 'delete', 'new', '--yes', 'new'],
  ['user', 'list', 'acme'],
  ['user', 'list', 'acme', '--search', 'MEI'],
  ['user', 'list', 'empty'],
  ['user', 'list', 'none'],
  ['user', 'show', 'acme', 'mei@a.example'],
  ['user', 'show', 'acme', 'nobody'],
  ['user', 'add', 'acme', '--email', 'lee@a.example', '--name', 'Lee', '--id', 'usr_lee'],
  ['user', 'add', 'acme', '--email', 'lee@a.example', '--name', 'Lee', '--id', 'usr_two'],
  ['user', 'import', 'acme', 'people.csv'],
  ['user', 'import', 'acme', 'bad.csv'],
  ['user', 'import', 'none', 'bad.csv'],
  ['user', 'reconcile', 'acme', 'people.csv'],
  ['user', 'reconcile', 'acme', 'people.csv', '--confirm', 'stale'],
  ['user', 'remove', 'acme', 'lee@a.example'],
  ['user', 'remove', 'acme', 'lee@a.example'],
  ['user', 'erase', 'acme', 'usr_lee'],
  ['user', 'erase', 'acme', 'usr_lee', '--yes', 'usr_lee'],
  ['user', 'erase', 'acme', 'nobody@a.example', '--yes', 'nobody@a.example'],
  ['user', 'erase', 'acme', 'nobody there', '--yes', 'nobody there'],
  ['group', 'list', 'acme'],
  ['group', 'list', 'empty'],
  ['group', 'show', 'acme', 'sales'],
  ['group', 'show', 'acme', 'none'],
  ['group', 'release', 'acme', 'Sales'],
  ['group', 'release', 'acme', 'Sales'],
  ['history', 'acme', 'Board', '--limit', '1'],
  ['history', 'acme', 'usr_mei'],
  ['history', 'acme', 'nothing'],
  ['explain', 'acme', 'usr_mei', 'Sales'],
  ['explain', 'acme', 'nobody', 'Sales'],
  ['problems', 'acme'],
  ['problems', 'acme', '--dismiss', 'usr_stranger'],
  ['problems', 'acme', '--dismiss', 'ana@a.example'],
  ['problems', 'acme', '--dismiss', 'usr_stranger'],
  ['problems', 'none', '--dismiss', 'usr_stranger'],
  ['activity', 'acme'],
  ['activity', 'acme', '--failed'],
  ['token', 'issue', 'acme', '--label', 'Okta', '--provider', 'okta'],
  ['token', 'list', 'acme'],
  ['token', 'rotate', 'acme', 'Okta', '--overlap', '1d'],
  ['token', 'revoke', 'acme', 'Entra'],
  ['token', 'revoke', 'acme', 'Entra'],
  ['setup-link', 'list', 'acme'],
  ['setup-link', 'create', 'acme', '--provider', 'okta', '--note', 'for Ana'],
  ['setup-link', 'list', 'acme'],
  ['setup-link', 'revoke', 'acme', 'stl_none'],
  ['setup-link', 'revoke', 'none', 'stl_none'],
  ['setup-link', 'revoke', 'acme', 'SECRET', '--token'],
  ['setup-link', 'revoke', 'acme', `https://scim.example.com/setup#opt_setup_0000010123456789_${'x'.repeat(49)}`],
  ['guide'],
  ['guide', 'entra'],
  ['guide', 'okta', '--language', 'de', '--workspace', 'acme'],
  ['guide', 'okta', '--workspace', 'none'],
  ['hold', 'list', 'acme'],
  ['hold', 'let-through', 'acme', 'HOLD'],
  ['hold', 'turn-away', 'acme', 'HOLD'],
  ['hold', 'turn-away', 'acme', 'hld_none'],
  ['hold', 'list', 'acme', '--all'],
  ['group', 'restore', 'acme', 'Board', '--at', HOUR_AGO],
  ['group', 'restore', 'acme', 'Board', '--at', HOUR_AGO, '--yes'],
  ['group', 'restore', 'acme', 'Board', '--at', HOUR_AGO, '--yes'],
  ['group', 'restore', 'acme', 'none', '--at', HOUR_AGO],
  ['group', 'restore', 'acme', 'Board', '--at', '2999-01-01'],
  ['key', 'create', '--name', 'Billing', '--scopes', 'people:read,groups:read', '--expires', '2099-12-31'],
  ['key', 'create', '--name', 'Acme', '--scopes', 'people:read', 'groups:read', '--workspace', 'acme'],
  ['key', 'create', '--name', 'Acme', '--scopes', 'people:raed'],
  ['key', 'create', '--name', 'Acme', '--scopes', 'people:read', '--expires', '2020-12-31'],
  ['key', 'create', '--name', 'Acme', '--scopes', 'people:read', '--workspace', 'none'],
  ['key', 'list', '--workspace', 'acme'],
  ['key', 'list', '--workspace', 'empty'],
  ['key', 'revoke', 'Billing'],
  ['key', 'revoke', 'Billing'],
  ['key', 'revoke', 'Billing', '--workspace', 'acme'],
  ['admin', 'list'],
  ['admin', 'invite', 'olga@a.example', '--role', 'operator'],
  ['admin', 'invite', 'wanda@a.example', '--role', 'workspace-admin', '--workspace', 'acme'],
  ['admin', 'invite', 'willi@a.example', '--role', 'workspace-admin', '--workspace', 'acme', 'empty'],
  ['admin', 'invite', 'willi@a.example', '--role', 'workspace-admin', '--workspace', 'none'],
  ['admin', 'list'],
  ['admin', 'remove', 'wanda@a.example', '--workspace', 'acme'],
  ['admin', 'remove', 'nobody@a.example'],
  ['admin', 'remove', 'olga@a.example', '--workspace', 'none'],
  ['admin', 'remove', 'willi@a.example'],
  ['user', 'reconcile', 'acme', 'people.csv', '--confirm', 'KEY'],
]

const NONE = '0000010123456789'

/** What commands look up before they ask for it, so that they hear of it only where somebody else was quicker. */
const UNKNOWN: readonly (readonly [what: string, ask: (library: Library) => Promise<unknown>, status: number])[] = [
  ['revokeToken', ({ tokens }) => tokens.revoke('acme', NONE), 404],
  ['retireToken', ({ tokens }) => tokens.end('acme', NONE, Date.now() + 60_000), 404],
  ['retireToken', async ({ tokens }) => tokens.end('acme', await endedToken(tokens), Date.now() + 60_000), 409],
  ['revokeToken', async ({ tokens }) => tokens.revoke('acme', await endedToken(tokens)), 204],
  ['revokeKey', ({ keys }) => keys.revoke(null, NONE), 404],
  ['revokeWorkspaceKey', ({ keys }) => keys.revoke('acme', NONE), 404],
  ['revokeSetupLink', ({ setupLinks }) => setupLinks.revoke('acme', NONE, { token: true }), 404],
  ['removeAdmin', ({ admins }) => admins.remove(null, NONE), 404],
  ['removeWorkspaceAdmin', ({ admins }) => admins.remove('acme', NONE), 404],
  ['removeWorkspaceAdmin', ({ admins }) => admins.remove('none', NONE), 404],
  ['inviteWorkspaceAdmin', ({ admins }) => admins.invite(['none'], { email: 'x@a.example' }), 404],
  ['removePerson', ({ people }) => people.remove('acme', ['usr_nobody']), 404],
  ['removePerson', ({ people }) => people.remove('none', ['usr_nobody']), 404],
  ['releaseGroup', ({ groups }) => groups.release('acme', 'grp_01KG9YS7G05DJTRF1X327TCW2D'), 404],
]

async function endedToken(tokens: Library['tokens']): Promise<string> {
  return (await tokens.list('acme')).find(({ state }) => state === 'revoked')?.id ?? ''
}

describe('what is typed says the same of a store and of a service elsewhere', () => {
  // The first of all: a service records who asked it, after its answer.
  test('of what was read too', async () => {
    const words = ['audit', 'empty', '--reads']
    const [here, there] = [await told(local, words), await told(remote, words)]
    expect(there).toEqual(here)
    expect(here.stdout).toContain('listGroups')
    expect((await told(local, ['audit', 'empty'])).stdout).not.toContain('listGroups')
    const { stdout } = await told(remote, [...words, '--json'])
    expect(JSON.parse(stdout).map(({ action }: { action: string }) => action)).toContain('readWorkspaceAudit')
  })

  test.each(COMMANDS.flatMap((words) => [[words], [[...words, '--json']]]).filter(isOnce))('%j', async (words) => {
    const [here, there] = [await told(local, words), await told(remote, words)]
    expect(there).toEqual(here)
  })

  test.each(UNKNOWN)(
    '%s of what is not there, or was done before, is told the same in the audit trail',
    async (what, ask, status) => {
      const config = readConfig({ database: `sqlite:${local.server.scim.store.location}`, publicUrl: PUBLIC_URL }, {})
      const refused = () => 'refused'
      await withLocalLibrary(local.server.scim, config, ask).catch(refused)
      await ask(remoteLibrary(remoteOf({ url: remote.server.url }) as Remote)).catch(refused)
      const newest = async ({ server: { scim } }: Place) => {
        const trails = [...(await scim.audit.list(null)).entries, ...(await scim.audit.list('acme')).entries]
        const [entry] = trails.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
        return { ...entry, target: alike(entry?.target ?? ''), id: '', at: 0, actor: '', address: null }
      }
      expect(await newest(local)).toMatchObject({ action: what, status })
      expect(await newest(local)).toEqual(await newest(remote))
    },
  )

  test.each([null, 'acme'])('and leaves the same in the audit trail, of %s', async (slug) => {
    const trail = async ({ server: { scim } }: Place) =>
      (await scim.audit.list(slug, { limit: 1_000 })).entries
        .toReversed()
        .map(({ workspace, action, target, status, details }) =>
          [workspace, action, target && alike(target), status, JSON.stringify(details)].join(' '),
        )
    const [here, there] = [await trail(local), await trail(remote)]
    expect(here.length).toBeGreaterThan(slug === null ? 15 : 30)
    expect(here).toEqual(there)
    // Of the link whose secret was pasted.
    if (slug !== null) expect(here).toContain('acme revokeSetupLink … 200 {"token":true}')
  })

  test('as every command does that takes --url', () => {
    const anywhere = leavesOf(createProgram()).filter(({ command }) =>
      command.options.some(({ long }) => long === '--api-key-file'),
    )
    const tried = COMMANDS.map((words) => words.join(' '))
    const untried = anywhere.filter(
      ({ path }) => !tried.some((typed) => typed === path || typed.startsWith(`${path} `)),
    )
    expect(untried.map(({ path }) => path)).toEqual([])
    expect(anywhere.length).toBeGreaterThan(25)
  })

  test('and the others say that they do not', () => {
    const here = leavesOf(createProgram()).filter(
      ({ command }) => !command.options.some(({ long }) => long === '--api-key-file'),
    )
    const names = ['backup', 'completion', 'copy', 'doctor', 'migrate', 'rehearse', 'serve']
    expect(here.map(({ path }) => path).sort()).toEqual(names)
    for (const { command } of here) {
      let help = ''
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
      expect(help).toContain('not on a service elsewhere')
    }
  })
})

/** What writes is done once, as a person reads it. */
function isOnce([words = []]: string[][]): boolean {
  const writes =
    /^(create|set|delete|add|import|remove|erase|release|restore|issue|rotate|revoke|let-through|turn-away|invite)$/
  return !words.includes('--json') || !(writes.test(words[1] ?? '') || words.includes('--dismiss'))
}

async function told({ options, hold, secret }: Place, words: readonly string[]): Promise<Ended> {
  const own: Record<string, string> = { HOLD: hold, SECRET: secret }
  if (words.at(-1) === 'KEY') {
    const preview = await call([...words.slice(0, -2), '--json', ...options], cwd)
    own.KEY = JSON.parse(preview.stdout).key
  }
  const { code, stdout, stderr } = await call(words.map((word) => own[word] ?? word).concat(options), cwd)
  // Suggested commands are about the same place.
  const text = (output: string): string => alike(output.replaceAll(` ${options.join(' ')}`, ''))
  return {
    code,
    stdout: words.includes('--json') ? inOrder(text(stdout)) : text(stdout),
    stderr: text(stderr),
  }
}

/** Objects' fields in one order. */
function inOrder(json: string): string {
  if (json === '') return json
  return JSON.stringify(JSON.parse(json), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  )
}

/** Without what is new each time: ids, secrets, times, and who wrote. */
function alike(text: string): string {
  return text
    .replaceAll(/\b(grp|usr|act|aud|chg|hld|stl)_[0-9A-Z]{26}\b/g, '$1_…')
    .replaceAll(/\bopt_\w+\b|(?<=invite#|setup#)[\w-]+/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z| \d\d:\d\d UTC)/g, '…')
    .replaceAll(/\b0{4}[0-9A-Za-z]{12}\b/g, '…')
    .replaceAll(/(?<=^|[ "(])(?=\w*\d)(?=\w*[A-Z])[0-9A-Za-z]{10,30}(?=[ ",):])/gm, '…')
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/API key scripts|command line \([^)]*\)|in \d+\.\d s/g, '…')
    .replaceAll(/(?<="milliseconds":)[\d.]+/g, '0')
    .replaceAll(/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, '…')
}

function leavesOf(command: Command, path = ''): { path: string; command: Command }[] {
  return command.commands.flatMap((child) => {
    const at = path === '' ? child.name() : `${path} ${child.name()}`
    return child.commands.length > 0 ? leavesOf(child, at) : [{ path: at, command: child }]
  })
}
