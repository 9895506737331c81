import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createScim } from '@optimaite/scim'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { call, type Ended, freshFolder, run } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

let server: TestServer
let cwd: string

beforeAll(async () => {
  server = await startServer()
  await server.scim.workspaces.create('acme', { name: 'Acme', scim: true })
  const people = Array.from({ length: 2_000 }, (_, i) => ({ userName: `p${i}@a.example`, displayName: `P ${i}` }))
  await server.scim.people.upsert('acme', people)
})

afterAll(() => server.close())

beforeEach(async () => {
  cwd = await freshFolder()
})

function backup(...args: string[]): Promise<Ended> {
  return call(['backup', ...args, '--database', `sqlite:${server.scim.store.location}`], cwd)
}

test('a copy beside a running server is whole, private, one file, and serves', async () => {
  const { code, stdout, stderr } = await backup('copy.db')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/copy\.db: [\d,]+ bytes, 1 workspace, 0 groups; read back/)])
  expect(stderr).toContain('To restore it: stop the service')
  expect(readdirSync(cwd)).toEqual(['copy.db'])
  expect(statSync(join(cwd, 'copy.db')).mode & 0o777).toBe(0o600)
  const copy = await createScim({ database: `sqlite:${join(cwd, 'copy.db')}`, publicUrl: 'https://a.example' })
  expect((await copy.people.list('acme', { limit: 5_000 })).length).toBe(2_000)
  await copy.close()
})

test('what is written while it is copied is in it wholly or not at all', async () => {
  let writing = true
  const writes = (async () => {
    for (let i = 0; writing; i++) {
      const pair = ['a', 'b'].map((half) => ({ userName: `${half}${i}@pair.example`, displayName: 'Pair' }))
      await server.scim.people.upsert('acme', pair)
    }
  })()
  const ended = await run(['backup', 'copy.db', '--json', '--database', `sqlite:${server.scim.store.location}`], {
    cwd,
  })
  writing = false
  await writes
  expect(ended.code, ended.stderr).toBe(0)
  const made = JSON.parse(ended.stdout)
  expect(made).toMatchObject({ file: join(cwd, 'copy.db'), rows: { workspaces: 1 } })
  const copy = await createScim({ database: `sqlite:${made.file}`, publicUrl: 'https://a.example' })
  const pairs = await copy.people.list('acme', { search: '@pair.example', limit: 100_000 })
  expect(pairs.length % 2).toBe(0)
  await copy.close()
})

test('never over a file that is there, unless forced', async () => {
  const file = join(cwd, 'kept.db')
  writeFileSync(file, 'precious')
  const refused = await backup('kept.db')
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toMatch(/kept\.db is there already\.\n.*--force/)
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect((await backup('kept.db', '--force')).code).toBe(0)
  expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3')
})

test('a backup that fails leaves the file that is there, and none of its own', async () => {
  const broken = join(cwd, 'broken.db')
  writeFileSync(broken, 'this is no database, but long enough to be taken for one'.repeat(100))
  writeFileSync(join(cwd, 'kept.db'), 'precious')
  for (const target of ['kept.db', 'new.db']) {
    const ended = await call(['backup', target, '--force', '--database', `sqlite:${broken}`], cwd)
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain('is no database, or a damaged one')
  }
  expect(readFileSync(join(cwd, 'kept.db'), 'utf8')).toBe('precious')
  expect(readdirSync(cwd).sort()).toEqual(['broken.db', 'kept.db'])
})

test('refused where it cannot be', async () => {
  const itself = await backup(server.scim.store.location, '--force')
  expect(itself).toMatchObject({ code: 2, stdout: '' })
  expect(itself.stderr).toContain('is the database itself')
  expect(await backup('no/such/folder/copy.db')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no folder'),
  })
  expect(await backup(cwd, '--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('is no file') })
  expect(await call(['backup', 'copy.db', '--database', 'sqlite:./absent.db'], cwd)).toMatchObject({ code: 1 })
  expect(existsSync(join(cwd, 'absent.db'))).toBe(false)
})

test.skipIf(process.getuid?.() === 0)('refused in a folder that is not to be written', async () => {
  chmodSync(cwd, 0o500)
  expect(await backup('copy.db')).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written') })
  chmodSync(cwd, 0o700)
})
