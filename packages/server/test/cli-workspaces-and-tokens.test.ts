import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { call, type Ended, freshFolder, run } from './support/cli.ts'

const TOKEN = /^opt_scim_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}\n$/

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

/** The real program, where the test is about its outside; the rest of the tests calls it within this process. */
function real(...args: string[]): Promise<Ended> {
  return run(args, { cwd })
}

function cli(...args: string[]): Promise<Ended> {
  return call(args, cwd)
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect(code, stderr).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  return JSON.parse(stdout)
}

/** Every error: the problem, then what to do, and never where in the program. */
function expectFault(ended: Ended, code: 1 | 2, problem: string | RegExp, next: string | RegExp): void {
  expect(ended).toMatchObject({ code, stdout: '' })
  const lines = ended.stderr.trimEnd().split('\n')
  expect(lines[0]).toMatch(problem)
  expect(lines.at(-1)).toMatch(next)
  expect(ended.stderr).not.toMatch(/\n {4}at |node:|file:\/\//)
}

describe('workspaces', () => {
  test('are created, listed, shown, changed and deleted', async () => {
    const created = await real('workspace', 'create', 'acme', '--name', 'Acme Corp', '--scim', 'on')
    expect(created).toMatchObject({ code: 0, stdout: 'Created the workspace "acme" (Acme Corp); SCIM is on.\n' })
    expect(created.stderr).toContain('token issue acme --label NAME\n')
    expect((await real('workspace', 'list')).stdout).toMatch(
      /^SLUG {2}SCIM {2}CREATED +NAME\nacme {2}on +\d{4}-\S+Z {2}Acme Corp\n$/,
    )
    const changed = await real(
      'workspace',
      'set',
      'acme',
      '--scim',
      'off',
      '--unknown-users',
      'pending',
      '--activity-days',
      '7',
    )
    expect(changed).toMatchObject({ code: 0, stdout: 'Changed the workspace "acme" (Acme Corp); SCIM is off.\n' })
    const { stdout } = await real('workspace', 'show', 'acme')
    expect(stdout).toMatch(/^SCIM +off$/m)
    expect(stdout).toMatch(/^Unknown users +pending$/m)
    expect(stdout).toMatch(/^Activity kept +7 days$/m)
    expect(await real('workspace', 'delete', 'acme', '--yes', 'acme')).toMatchObject({ code: 0 })
    const empty = await real('workspace', 'list')
    expect(empty).toMatchObject({ code: 0, stdout: '' })
    expect(empty.stderr).toContain('workspace create SLUG --name NAME')
  })

  test('are JSON for scripts', async () => {
    const made = await json('workspace', 'create', 'acme', '--name', 'Acme', '--unknown-members', 'reject')
    expect(made).toMatchObject({ slug: 'acme', name: 'Acme', scim: false, unknownMembers: 'reject' })
    expect(made.createdAt).toBe(new Date(made.createdAt).toISOString())
    expect(await json('workspace', 'list')).toEqual([made])
    expect(await json('workspace', 'show', 'acme')).toEqual({ ...made, liveTokens: 0, baseUrl: expect.any(String) })
    expect(await json('workspace', 'set', 'acme', '--scim', 'on')).toEqual({ ...made, scim: true })
    expect(await json('workspace', 'delete', 'acme', '--yes', 'acme')).toEqual({ slug: 'acme', deleted: true })
  })

  test('have a guard that is turned on with a limit, and keeps it while it is off', async () => {
    expect((await json('workspace', 'create', 'acme', '--name', 'Acme')).guard).toEqual({ on: false, limit: 20 })
    expect((await json('workspace', 'set', 'acme', '--guard', '50')).guard).toEqual({ on: true, limit: 50 })
    expect((await cli('workspace', 'show', 'acme')).stdout).toMatch(/^Guard +50 members in ten minutes$/m)
    expect((await json('workspace', 'set', 'acme', '--guard', 'off')).guard).toEqual({ on: false, limit: 50 })
    expect((await cli('workspace', 'show', 'acme')).stdout).toMatch(/^Guard +off$/m)
    for (const wrong of ['0', 'on', '1.5', '1000001'])
      expectFault(await cli('workspace', 'set', 'acme', '--guard', wrong), 2, /from 1 to 1000000/, /--guard 50/)
  })

  test('that cannot be are refused with the next step', async () => {
    await cli('workspace', 'create', 'acme', '--name', 'Acme')
    expectFault(await cli('workspace', 'create', 'acme', '--name', 'A'), 1, /exists already/, /Choose another slug/)
    expectFault(
      await cli('workspace', 'create', 'Acme Corp', '--name', 'A'),
      2,
      /cannot be a workspace's slug/,
      /such as "acme"/,
    )
    expectFault(await cli('workspace', 'create', 'b', '--name', ' '), 2, /it is blank/, /--name "Acme Corp"/)
    expectFault(await cli('workspace', 'create', 'b'), 2, /'--name <name>' not specified/, /workspace create --help/)
    expectFault(
      await cli('workspace', 'set', 'acme', '--scim', 'onn'),
      2,
      /--scim "onn" is not possible/,
      /Did you mean --scim on/,
    )
    expectFault(await cli('workspace', 'set', 'acme'), 2, /Nothing to change/, /workspace set --help/)
    expectFault(await cli('workspace', 'set', 'acme', '--pending-days', '0'), 2, /from 1 to 36500/, /--pending-days/)
    expectFault(await cli('workspace', 'show', 'other'), 1, /There is no workspace "other"/, /workspace list/)
  })

  test('are not deleted without the slug once more', async () => {
    await cli('workspace', 'create', 'acme', '--name', 'Acme')
    expectFault(await cli('workspace', 'delete', 'acme'), 2, /has to be confirmed/, /delete acme --yes acme/)
    expectFault(await cli('workspace', 'delete', 'acme', '--yes', 'amce'), 2, /--yes "amce"/, /delete acme --yes acme/)
    expectFault(
      await cli('workspace', 'delete', 'other', '--yes', 'other'),
      1,
      /There is no workspace "other"/,
      /workspace list/,
    )
    expect(await json('workspace', 'list')).toHaveLength(1)
  })
})

describe('tokens', () => {
  beforeEach(async () => {
    await cli('workspace', 'create', 'acme', '--name', 'Acme', '--scim', 'on')
  })

  test('are alone on stdout when issued, and never seen again', async () => {
    const issued = await real(
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
    expect(issued.code).toBe(0)
    expect(issued.stdout).toMatch(TOKEN)
    expect(issued.stderr).toContain('http://127.0.0.1:4000/api/auth/scim/v2')
    expect(issued.stderr).not.toContain(issued.stdout.trim())
    const { stdout } = await real('token', 'list', 'acme')
    expect(stdout).toMatch(
      /^ID +STATE +EXPIRES +LAST USED +LABEL\n[0-9A-Za-z]{16} {2}expiring {2}\S+Z {2}never +Entra\n$/,
    )
    expect(stdout).not.toContain(issued.stdout.trim())
  })

  test('are JSON for scripts', async () => {
    const issued = await json('token', 'issue', 'acme', '--label', 'Okta', '--provider', 'okta')
    expect(`${issued.token}\n`).toMatch(TOKEN)
    const { token: _, baseUrl, ...listed } = issued
    expect(baseUrl).toBe('http://127.0.0.1:4000/api/auth/scim/v2')
    expect(listed).toMatchObject({ label: 'Okta', provider: 'okta', state: 'live' })
    expect(await json('token', 'list', 'acme')).toEqual([listed])
    const next = await json('token', 'rotate', 'acme', 'Okta')
    expect(next).toMatchObject({ label: 'Okta', provider: 'okta' })
    expect(next.id).not.toBe(listed.id)
    expect(await json('token', 'revoke', 'acme', next.id)).toEqual({ id: next.id, label: 'Okta', revoked: true })
  })

  test('are rotated with an overlap, in which both live', async () => {
    const old = await json('token', 'issue', 'acme', '--label', 'Okta')
    const rotated = await real('token', 'rotate', 'acme', 'Okta', '--overlap', '2d')
    expect(rotated.stdout).toMatch(TOKEN)
    expect(rotated.stderr).toMatch(new RegExp(`The old one \\(${old.id}\\) goes on working until `))
    const [before, after] = await json('token', 'list', 'acme')
    expect(Date.parse(before.expiresAt)).toBeLessThan(Date.parse(old.expiresAt))
    expect(before.revokedAt).toBeNull()
    expect(after).toMatchObject({ label: 'Okta', state: 'live' })
  })

  test('are rotated at once where the old one may be in wrong hands', async () => {
    const old = await cli('token', 'issue', 'acme', '--label', 'Okta')
    const rotated = await cli('token', 'rotate', 'acme', old.stdout.trim(), '--overlap', '0')
    expect(rotated.code).toBe(0)
    expect(rotated.stderr).toContain('is revoked.')
    expect((await json('token', 'list', 'acme')).map(({ state }: { state: string }) => state)).toEqual([
      'revoked',
      'live',
    ])
  })

  test('of one label are told apart by their ids', async () => {
    const ids = [
      await json('token', 'issue', 'acme', '--label', 'Okta'),
      await json('token', 'issue', 'acme', '--label', 'Okta'),
    ]
    const ambiguous = await real('token', 'revoke', 'acme', 'Okta')
    expectFault(ambiguous, 2, /2 live tokens are called "Okta"/, /by its id/)
    for (const { id } of ids) expect(ambiguous.stderr).toContain(id)
    expect(await real('token', 'revoke', 'acme', ids[0].id)).toMatchObject({ code: 0 })
    expect(await real('token', 'revoke', 'acme', 'Okta')).toMatchObject({ code: 0 })
    expectFault(await real('token', 'revoke', 'acme', 'Okta'), 1, /was revoked on/, /token issue acme/)
  })

  test('that cannot be are refused with the next step', async () => {
    const issue = ['token', 'issue', 'acme', '--label', 'X']
    expectFault(
      await cli(...issue, '--provider', 'otka'),
      2,
      /--provider "otka" is not possible/,
      /Did you mean --provider okta/,
    )
    expectFault(
      await cli(...issue, '--expires-in', '3 parsecs'),
      2,
      /--expires-in "3 parsecs" is not possible/,
      /--expires-in 90d/,
    )
    expectFault(await cli('token', 'issue', 'acme', '--label', ''), 2, /it is blank/, /--label "Entra production"/)
    expectFault(await cli('token', 'issue', 'other', '--label', 'X'), 1, /no workspace "other"/, /workspace list/)
    expectFault(await cli('token', 'rotate', 'acme', 'X'), 1, /There is no token "X"/, /token list acme/)
    expect(await json('token', 'list', 'acme')).toEqual([])
  })

  test('of a workspace whose SCIM is off come with a warning', async () => {
    await cli('workspace', 'set', 'acme', '--scim', 'off')
    expect((await cli('token', 'issue', 'acme', '--label', 'X')).stderr).toContain('workspace set acme --scim on')
  })
})

describe('what is typed wrongly', () => {
  test.each([
    [['sevre'], /Unknown command 'sevre'.*serve/, /"npx optimaite-scim --help"/],
    [['token', 'isue'], /Unknown command 'isue'.*issue/, /"npx optimaite-scim token --help"/],
    [['workspace', 'list', '--jsn'], /Unknown option '--jsn'/, /"npx optimaite-scim workspace list --help"/],
    [['user', 'list'], /Missing required argument 'workspace'/, /"npx optimaite-scim user list --help"/],
    [['workspace', 'list', '--database', 'mysql://x'], /--database mysql:\/\/x is not possible/, /sqlite:/],
  ] as const)('%j', async (args, problem, next) => {
    expectFault(await cli(...args), 2, problem, next)
  })

  test('is JSON where JSON was asked for', async () => {
    const { code, stderr } = await cli('token', 'issue', 'acme', '--label', 'X', '--expires-in', 'soon', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stderr)).toEqual({
      error: { message: expect.stringContaining('"soon"'), next: expect.any(String) },
    })
  })

  test('a command without its subcommand shows what there is', async () => {
    const { code, stderr } = await real('token')
    expect(code).toBe(2)
    expect(stderr).toMatch(/rotate/)
    expect(stderr).toMatch(/A command is missing\.\n.*token --help/)
  })

  test('help and version are no errors', async () => {
    expect(await real('--help')).toMatchObject({ code: 0, stderr: '' })
    expect(await real('token', 'issue', '--help')).toMatchObject({ code: 0, stderr: '' })
    expect((await real('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('a database that cannot be used', () => {
  test('is not made by a command that only asks', async () => {
    expectFault(await real('workspace', 'list'), 1, /There is no database at .*scim\.db/, /--database/)
    expectFault(await cli('migrate', '--status'), 1, /There is no database at/, /--database/)
  })

  test('because it is something else', async () => {
    writeFileSync(join(cwd, 'notes.txt'), 'These are notes, and no database at all.\n'.repeat(100))
    expectFault(
      await cli('workspace', 'list', '--database', 'sqlite:notes.txt'),
      1,
      /is no database, or a damaged one/,
      /backup/,
    )
  })

  test('because its folder is a file', async () => {
    writeFileSync(join(cwd, 'data'), '')
    const create = await cli('workspace', 'create', 'acme', '--name', 'Acme')
    expectFault(create, 1, /cannot be opened/, /--database/)
  })
})

test('migrate makes the tables, and says how far they are', async () => {
  expect((await real('migrate')).stdout).toMatch(/scim\.db is up to date, at step \d+ of \d+\.\n$/)
  const status = await json('migrate', '--status')
  expect(status).toMatchObject({ database: join(cwd, 'data', 'scim.db'), pending: [], version: status.newest })
})
