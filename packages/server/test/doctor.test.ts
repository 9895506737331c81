import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '../src/doctor/finding.ts'
import { checkClock, checkDisk, checkNode } from '../src/doctor/machine.ts'
import { call, freshFolder } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

let server: TestServer
let cwd: string
const strangers: Server[] = []

beforeAll(async () => {
  server = await startServer()
  await server.scim.workspaces.create('acme', { name: 'Acme', scim: true })
  await server.scim.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })
})

afterAll(() => server.close())

beforeEach(async () => {
  cwd = await freshFolder()
})

afterEach(() => {
  for (const stranger of strangers.splice(0)) stranger.close()
})

async function doctor(database: string, publicUrl: string, ...args: string[]) {
  return call(['doctor', '--database', `sqlite:${database}`, '--public-url', publicUrl, ...args], cwd)
}

/** What is wrong, by what was looked at. */
async function wrongs(database: string, publicUrl = server.url): Promise<Record<string, Finding>> {
  const { code, stdout, stderr } = await doctor(database, publicUrl, '--json')
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] }
  const open = findings.filter((finding) => !finding.ok)
  expect([code, ok]).toEqual(open.length === 0 ? [0, true] : [1, false])
  expect(open.every(({ fix }) => fix !== null && fix !== '')).toBe(true)
  if (open.length > 0) expect(JSON.parse(stderr).error.message).toMatch(/to put right\.$/)
  return Object.fromEntries(open.map((finding) => [finding.check, finding]))
}

async function answering(status: number, headers: Record<string, string> = {}): Promise<string> {
  const stranger = createServer((_, response) => response.writeHead(status, headers).end('nothing of ours'))
  strangers.push(stranger)
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
}

test('beside a service that is well', async () => {
  const { code, stdout, stderr } = await doctor(server.scim.store.location, server.url)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toHaveLength(7)
  expect(stdout).not.toContain('✗')
  expect(await wrongs(server.scim.store.location)).toEqual({})
})

test('what is wrong is named with its fix, and the exit code says so', async () => {
  const { code, stdout, stderr } = await doctor(server.scim.store.location, 'http://127.0.0.1:1')
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /✗ Nothing answers at http:\/\/127\.0\.0\.1:1\/api\/auth\/scim\/v2\/.*\n {2}Fix: Start the service/,
  )
  expect(stderr).toBe('1 thing to put right.\nEach line marked ✗ says how.\n')
})

test('a public URL behind which something else is', async () => {
  const file = server.scim.store.location
  expect((await wrongs(file, await answering(200)))['public-url']?.found).toContain('no SCIM service of ours')
  expect((await wrongs(file, await answering(404)))['public-url']?.found).toContain('it said 404')
  const elsewhere = await answering(301, { Location: 'https://a.example' })
  expect((await wrongs(file, elsewhere))['public-url']?.found).toContain('redirects elsewhere')
  const late = await answering(200, { Date: new Date(Date.now() - 3_600_000).toUTCString() })
  expect((await wrongs(file, late)).clock?.found).toContain('what answers at the public URL says')
})

test('a store that is not there, is none, or is damaged', async () => {
  expect(Object.keys(await wrongs(join(cwd, 'absent.db')))).toEqual(['store'])
  const none = join(cwd, 'none.db')
  writeFileSync(none, 'no database at all, in more than a hundred bytes'.repeat(20))
  expect(Object.keys(await wrongs(none)).sort()).toEqual(['integrity', 'store'])
  const copy = join(cwd, 'copy.db')
  expect((await call(['backup', copy, '--database', `sqlite:${server.scim.store.location}`], cwd)).code).toBe(0)
  expect(await wrongs(copy)).toEqual({})
  const database = new Database(copy)
  database.pragma('foreign_keys = 0')
  database.exec('delete from scim_workspaces')
  database.close()
  expect((await wrongs(copy)).integrity?.found).toMatch(/damaged: .* refer to what is gone/)
})

test('a store that another version is to bring up to date, or has', async () => {
  const copy = join(cwd, 'copy.db')
  await call(['backup', copy, '--database', `sqlite:${server.scim.store.location}`], cwd)
  const set = (version: number, readableFrom: number) => {
    const database = new Database(copy)
    database.prepare('update scim_store set version = ?, readable_from = ?').run(version, readableFrom)
    database.close()
  }
  set(0, 0)
  expect((await wrongs(copy)).store).toMatchObject({ fix: expect.stringContaining('migrate') })
  set(999, 999)
  expect((await wrongs(copy)).store).toMatchObject({ fix: expect.stringContaining('newer version') })
})

test('tokens that are about to end', async () => {
  const { token } = await server.scim.tokens.issue('acme', { label: 'Old', createdBy: 'test', lifetime: 3_600_000 })
  const { token: found } = await wrongs(server.scim.store.location)
  expect(found).toMatchObject({ found: expect.stringContaining(`"Old" (${token.id}) of "acme"`) })
  expect(found?.fix).toContain(`token rotate acme ${token.id}`)
  await server.scim.tokens.revoke('acme', token.id)
  expect(await wrongs(server.scim.store.location)).toEqual({})
})

describe('the machine', () => {
  test.each([
    ['22.18.0', true],
    ['24.0.0', true],
    ['22.17.9', false],
    ['20.19.0', false],
  ])('Node %s: %j', (version, ok) => {
    expect(checkNode(version).ok).toBe(ok)
  })

  test('room on the disk, for the store once more and 256 MiB', () => {
    const mebibyte = 1024 * 1024
    expect(checkDisk(356 * mebibyte, 100 * mebibyte, '/data').ok).toBe(true)
    expect(checkDisk(355 * mebibyte, 100 * mebibyte, '/data')).toMatchObject({
      ok: false,
      found: 'Only 355 MiB are free on the disk of /data.',
      fix: expect.stringContaining('356 MiB'),
    })
  })

  test('the clock, beside the store and another machine', () => {
    const now = Date.UTC(2026, 5, 1)
    expect(checkClock(now, null, null).ok).toBe(true)
    expect(checkClock(now, now + 60_000, now - 60_000).ok).toBe(true)
    expect(checkClock(now, now + 60_001, null).ok).toBe(false)
    expect(checkClock(now, null, now + 60_001).ok).toBe(false)
    expect(checkClock(now, null, now - 60_001).ok).toBe(false)
    expect(checkClock(0, null, null).ok).toBe(false)
  })
})
