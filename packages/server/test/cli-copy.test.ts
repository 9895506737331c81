import { join } from 'node:path'
import { createScim } from '@optimaite/scim'
import { beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../../scim/test/postgres/databases.ts'
import { sharedCluster } from '../../scim/test/postgres/shared.ts'
import { call, type Ended, freshFolder } from './support/cli.ts'

let cwd: string
let from: string

beforeEach(async () => {
  cwd = await freshFolder()
  from = `sqlite:${join(cwd, 'old.db')}`
  const scim = await createScim({ database: from, publicUrl: 'https://app.optimaite.example' })
  await scim.workspaces.create('acme', { name: 'Acme', scim: true })
  await scim.people.upsert('acme', [{ id: 'usr_a', userName: 'a@acme.example' }])
  await scim.groups.create('acme', { displayName: 'Crew', members: ['usr_a', 'usr_b'] })
  await scim.close()
})

function copy(...args: string[]): Promise<Ended> {
  return call(['copy', ...args], cwd)
}

test('a store is copied to PostgreSQL, and the result told without its password', async () => {
  const { url, drop } = await createDatabase((await sharedCluster()).url)
  try {
    const { code, stdout, stderr } = await copy('--from', from, '--to', url)
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^postgres:\/\/…@\S+: 1 workspace, 2 people, 1 group, 2 memberships, 2 changes; every table compared by count and checksum\.\n$/,
      ),
    ])
    expect(stderr).toContain('Start the service with it as DATABASE_URL')
    const again = await copy('--from', from, '--to', url)
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toMatch(/^The target is in use, with rows of workspaces: .*\nName a database of its own/)
  } finally {
    await drop()
  }
})

test('JSON has the rows and the checksum of each table', async () => {
  const { code, stdout } = await copy('--database', from, '--to', 'sqlite:new.db', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    keepsPositions: true,
    rows: { workspaces: 1, memberships: 2 },
    checksums: { memberships: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
})

test('what cannot be copied is refused with a next step', async () => {
  expect(await copy('--from', 'sqlite:none.db', '--to', 'sqlite:new.db')).toMatchObject({
    code: 1,
    stderr: 'There is no store to copy.\nSay with --from where the store is that is to be copied.\n',
  })
  expect((await copy('--from', from, '--to', 'mysql://x')).code).toBe(2)
  expect((await copy('--from', from)).code).toBe(2)
  const nobody = await copy('--from', from, '--to', 'postgres://me:secret@127.0.0.1:1/none')
  expect(nobody.code).toBe(1)
  expect(nobody.stderr).toContain('nobody answers there')
  expect(nobody.stderr).not.toContain('secret')
})
