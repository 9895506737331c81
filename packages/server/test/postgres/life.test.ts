import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Finding } from '../../src/doctor/finding.ts'
import { call, type Ended, freshFolder, start } from '../support/cli.ts'
import { emptyDatabase } from '../support/postgres.ts'

let cwd: string
let url: string
/** Everything that the program has said. */
let said = ''

beforeAll(async () => {
  ;({ url } = await emptyDatabase())
})

beforeEach(async () => {
  cwd = await freshFolder()
  process.env.DATABASE_URL = url
})

afterEach(() => {
  delete process.env.DATABASE_URL
})

const password = () => new URL(url).password
const location = () => `postgres://${new URL(url).host}${new URL(url).pathname}`

afterAll(() => {
  expect(said).toContain(location())
  expect(password().length).toBeGreaterThan(4)
  expect(said).not.toContain(password())
})

async function cli(...args: string[]): Promise<Ended> {
  const ended = await call(args, cwd)
  said += ended.stdout + ended.stderr
  return ended
}

/** What a command printed, once it went well. */
async function well(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(...args)
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0)
  return stdout
}

async function json(...args: string[]) {
  return JSON.parse(await well(...args, '--json'))
}

describe('a database that nothing is in yet', () => {
  test('is named by commands that only ask, and stays empty', async () => {
    for (const command of [
      ['workspace', 'list'],
      ['migrate', '--status'],
      ['activity', 'acme'],
    ]) {
      const { code, stderr } = await cli(...command)
      expect(code).toBe(1)
      expect(stderr).toContain(`There is nothing of this program in ${location()}.\n`)
      expect(stderr).toContain('Start the service with "npx optimaite-scim serve"')
    }
  })

  test('is found by doctor', async () => {
    const { code, stdout } = await cli('doctor', '--json')
    expect(code).toBe(1)
    const { findings } = JSON.parse(stdout) as { findings: Finding[] }
    expect(findings.find(({ check }) => check === 'store')).toMatchObject({
      ok: false,
      found: `There is nothing of this program in ${location()}.`,
    })
    expect(findings.filter(({ ok }) => ok).map(({ check }) => check)).toEqual(
      expect.arrayContaining(['database', 'encoding', 'primary', 'connections', 'clock']),
    )
  })
})

test('a whole life by the command line, beside a service of two processes', async () => {
  const migrated = await well('migrate')
  expect(migrated).toContain(`${location()} is up to date, at step `)
  expect(migrated).toMatch(/ at step (\d+) of \1\.\n$/)
  expect(await json('migrate', '--status')).toMatchObject({ database: location(), pending: [] })
  const created = await cli('workspace', 'create', 'acme', '--name', 'Acme', '--scim', 'on')
  expect(created).toMatchObject({ code: 0 })
  expect(created.stdout + created.stderr).not.toContain('--database')
  writeFileSync(join(cwd, 'people.csv'), 'email,name,id\nana@a.example,Ana Lima,usr_ana\nmei@a.example,Mei,usr_mei\n')
  expect(await json('user', 'import', 'acme', join(cwd, 'people.csv'))).toMatchObject({ created: 2 })
  const token = (await json('token', 'issue', 'acme', '--label', 'Entra', '--provider', 'entra')).token
  const serving = start(['serve', '--port', '0', '--processes', '2'], { cwd, env: { DATABASE_URL: url } })
  const shown = await serving.until(/Holds .*\n/)
  said += shown
  expect(shown).toMatch(/^Listening on http:\/\/127\.0\.0\.1:\d+, with 2 processes\n/)
  expect(shown).toContain(`Database: ${location()}\n`)
  const service = /Listening on ([^\s,]+)/.exec(shown)?.[1] ?? ''
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${service}/api/auth/scim/v2${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify(body),
    })
  const members = [{ value: 'usr_ana' }, { value: 'usr_stranger' }]
  const made = await send('POST', '/Groups', { displayName: 'Engineering', members })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect((await send('POST', '/Groups', { displayName: 'engineering' })).status).toBe(409)

  expect(await json('group', 'list', 'acme')).toMatchObject([{ id, displayName: 'Engineering', memberCount: 2 }])
  expect(await well('group', 'show', 'acme', 'engineering')).toContain('usr_stranger  unresolved')
  // What was refused is gathered by the process that refused it, and written once a second.
  await vi.waitFor(
    async () => expect(await well('activity', 'acme')).toMatch(/ 201 POST {3}\/Groups .*\n.* 409 POST/s),
    { timeout: 240_000, interval: 500 },
  )
  expect(await well('explain', 'acme', 'ana@a.example', 'Engineering')).toContain('is a member of "Engineering"')
  expect(await well('history', 'acme', 'Engineering')).toContain('Ana Lima')
  expect(await well('problems', 'acme')).toContain('usr_stranger')
  expect(await well('group', 'release', 'acme', 'Engineering')).toMatch(/./)
  expect(await well('rehearse', 'entra', '--url', service)).toMatch(/✓/)
  expect(await well('user', 'list', 'acme')).toContain('Ana Lima')
  expect(await well('user', 'show', 'acme', 'usr_ana')).toMatch(/^Groups +Engineering$/m)
  expect(await well('user', 'remove', 'acme', 'usr_mei')).toMatch(/./)
  const [listed] = await json('token', 'list', 'acme')
  expect(await well('token', 'rotate', 'acme', listed.id)).toMatch(/^opt_scim_/)
  await well('token', 'revoke', 'acme', listed.id)
  expect(await well('doctor', '--public-url', service)).not.toContain('✗')

  const backup = await cli('backup', join(cwd, 'scim.db'))
  expect(backup.code).toBe(2)
  expect(backup.stderr).toBe(
    `Backups of ${location()} are made by PostgreSQL itself.\n` +
      'Use pg_dump --format=custom --file=scim.dump "$DATABASE_URL", or base backups with an archive of the write-ahead log.\n',
  )
  const metrics = await (await fetch(`${service}/metrics`)).text()
  expect(metrics).toMatch(/^scim_processes 2$/m)
  said += metrics

  await well('workspace', 'delete', 'acme', '--yes', 'acme')
  expect(await json('workspace', 'list')).toEqual([])
  serving.kill('SIGTERM')
  const { code, stdout, stderr } = await serving.ended
  said += stdout + stderr
  expect(code).toBe(0)
  expect(stderr.match(/"stopping: /g)).toHaveLength(1)
})

describe('a password stays where it is', () => {
  const wrong = () => {
    const changed = new URL(url)
    changed.password = 'geheim%2F%40%23'
    return changed.href
  }

  test('where the server refuses it', async () => {
    for (const args of [
      ['workspace', 'list'],
      ['serve', '--port', '0'],
      ['doctor'],
      ['migrate'],
      ['serve', '--port', '0', '--processes', '2'],
    ]) {
      const { code, stdout, stderr } = await start([...args], { cwd, env: { DATABASE_URL: wrong() } }).ended
      expect(code).toBe(1)
      expect(stdout + stderr).toContain(location())
      expect(stdout + stderr).not.toContain('geheim')
      if (args[0] !== 'doctor')
        expect(stderr).toMatch(/refuses the user or the password\.\nCorrect them in DATABASE_URL\.\n$/)
    }
  })

  test('where a next step names the database', async () => {
    delete process.env.DATABASE_URL
    const ended = await cli('user', 'list', 'nowhere', '--database', url)
    expect(ended.code).toBe(1)
    const asked = await cli('workspace', 'create', 'other', '--name', 'Other', '--database', url)
    expect(asked.code).toBe(0)
    expect(asked.stdout + asked.stderr).toContain(` --database '${location().replace('//', '//…@')}'`)
  })
})

test('tables of their own schema and names, beside others', async () => {
  const settings = ['--table-schema', 'provisioning', '--table-prefix', 'p_']
  await well('workspace', 'create', 'apart', '--name', 'Apart', ...settings)
  expect(await json('workspace', 'list', ...settings)).toMatchObject([{ slug: 'apart' }])
  expect(JSON.stringify(await json('workspace', 'list'))).not.toContain('apart')
})
