import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { MIGRATIONS, StoreTooNew } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { breathe } from '../../src/store/store.ts'
import { StoreUnusable } from '../../src/store/unusable.ts'
import { messageOf, run } from '../load/child.ts'
import { Faults, sqliteError } from '../load/faulty.ts'
import { insertRow, storedRows } from '../load/rows.ts'
import { temporaryFolder } from '../load/service.ts'

const OPENER = new URL('../load/opener.ts', import.meta.url)
const NEWEST = Math.max(...MIGRATIONS.map(({ version }) => version))
const mode = (path: string): number => statSync(path).mode & 0o777

test('folders that are made are 0700, and every file of the store 0600', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'data', 'deep', 'scim.db')
  const store = await openSqlite({ file })
  await store.write((writer) => insertRow(writer, 'a'))
  expect(mode(join(folder.path, 'data'))).toBe(0o700)
  expect(mode(join(folder.path, 'data', 'deep'))).toBe(0o700)
  const files = readdirSync(join(folder.path, 'data', 'deep'))
  expect(files.sort()).toEqual(['scim.db', 'scim.db-shm', 'scim.db-wal'])
  for (const name of files) expect(mode(join(folder.path, 'data', 'deep', name))).toBe(0o600)
  await store.close()
})

test('a folder that was there keeps its mode', async () => {
  using folder = temporaryFolder()
  const shared = join(folder.path, 'shared')
  mkdirSync(shared)
  chmodSync(shared, 0o750)
  await (await openSqlite({ file: join(shared, 'scim.db') })).close()
  expect(mode(shared)).toBe(0o750)
  expect(mode(join(shared, 'scim.db'))).toBe(0o600)
})

test('what was written is there after the store is opened again', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  const first = await openSqlite({ file })
  await first.write((writer) => insertRow(writer, 'a'))
  await first.close()
  const second = await openSqlite({ file })
  expect(await storedRows(second)).toEqual(['a'])
  await second.close()
})

test('every connection waits for the disk at each commit', async () => {
  using folder = temporaryFolder()
  const faults = new Faults()
  const store = await openSqlite({ file: join(folder.path, 'scim.db'), connect: faults.connect })
  expect(faults.databases).toHaveLength(2)
  for (const database of faults.databases) {
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    expect(database.pragma('fullfsync', { simple: true })).toBe(1)
    expect(database.pragma('busy_timeout', { simple: true })).toBe(0)
  }
  await store.close()
})

test('processes that open a fresh store at once do not collide', async () => {
  for (let round = 0; round < 3; round++) {
    using folder = temporaryFolder()
    const file = join(folder.path, 'data', 'scim.db')
    const children = Array.from({ length: 4 }, () => run(OPENER, file))
    await Promise.all(children.map(messageOf))
    const replies = children.map(messageOf)
    for (const child of children) child.send('open')
    expect(await Promise.all(replies)).toEqual(children.map(() => ({ version: NEWEST, pending: [] })))
    const database = new Database(file)
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.prepare('select count(*) from scim_store').pluck().get()).toBe(1)
    database.close()
  }
})

/** A store as a later version of the program leaves it. */
async function newerStore(file: string, readableFrom: number): Promise<void> {
  await (await openSqlite({ file })).close()
  const database = new Database(file)
  database.exec('alter table scim_workspaces add column later text')
  database.prepare('update scim_store set version = ?, readable_from = ?').run(NEWEST + 1, readableFrom)
  database.close()
}

test('a store that only a newer program can read is refused, untouched, and closed again', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  await newerStore(file, NEWEST + 1)
  const opening = openSqlite({ file })
  await expect(opening).rejects.toBeInstanceOf(StoreTooNew)
  await expect(opening).rejects.toMatchObject({
    name: 'StoreTooNew',
    message: expect.stringContaining(`it needs step ${NEWEST + 1}`),
  })
  const database = new Database(file)
  expect(database.prepare('select version from scim_store').pluck().get()).toBe(NEWEST + 1)
  database.close()
  expect(openFiles(file)).toEqual([])
})

test('a store that is newer and still readable opens and is written to', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  await newerStore(file, NEWEST)
  const store = await openSqlite({ file })
  expect(await store.migrationStatus()).toMatchObject({ version: NEWEST + 1, newest: NEWEST, pending: [] })
  await store.write((writer) => insertRow(writer, 'a'))
  expect(await storedRows(store)).toEqual(['a'])
  await store.close()
})

test.each([
  ['in its transaction', false],
  ['and with it its transaction', true],
])('a migration that fails, %s, leaves nothing of itself, and the next start does it', async (_, isEnded) => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  const connect = (path: string): Database.Database => {
    const database = new Faults().connect(path)
    const exec = database.exec.bind(database)
    database.exec = (script) => {
      if (script !== 'commit') return exec(script)
      if (isEnded) exec('rollback')
      throw sqliteError('SQLITE_FULL')
    }
    return database
  }
  await expect(openSqlite({ file, connect })).rejects.toMatchObject({ name: 'StoreUnusable', code: 'SQLITE_FULL' })
  const database = new Database(file)
  expect(database.prepare('select count(*) from sqlite_master').pluck().get()).toBe(0)
  database.close()
  const store = await openSqlite({ file })
  expect((await store.migrationStatus()).version).toBe(NEWEST)
  await store.close()
})

test('opening waits, with the loop free, for a program that migrates or closes the store', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  const other = new Database(file, { timeout: 0 })
  other.exec('begin exclusive')
  let isOpen = false
  const opening = openSqlite({ file }).finally(() => {
    isOpen = true
  })
  for (let turn = 0; turn < 200; turn++) await breathe()
  expect(isOpen).toBe(false)
  other.exec('commit')
  other.close()
  await (await opening).close()
})

test('a program that does not let go of the store is named as the cause after ten seconds', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  const other = new Database(file, { timeout: 0 })
  other.exec('begin exclusive')
  let now = 0
  const step = (): number => {
    now += 500
    return now
  }
  await expect(openSqlite({ file, writer: { now: step } })).rejects.toMatchObject({
    name: 'StoreUnusable',
    code: 'SQLITE_BUSY',
    message: expect.stringContaining('another program holds it'),
  })
  expect(now).toBeGreaterThan(10_000)
  other.close()
})

test.each([
  ['text', Buffer.from('this is no database, it is a letter to my aunt'.repeat(100)), 'SQLITE_NOTADB'],
  ['a damaged header', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_096, 0xff)]), 'SQLITE_NOTADB'],
])('a file that is %s is refused in words, left as it is, and closed again', async (_, content, code) => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  writeFileSync(file, content)
  const opening = openSqlite({ file })
  await expect(opening).rejects.toBeInstanceOf(StoreUnusable)
  await expect(opening).rejects.toMatchObject({
    code,
    message: `The store ${file} cannot be opened: it is no SQLite database, or a damaged one. Restore it from a backup, or name another file.`,
  })
  expect(statSync(file).size).toBe(content.length)
  expect(openFiles(file)).toEqual([])
})

test('a file that cannot be written is refused in words', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  await (await openSqlite({ file })).close()
  const database = new Database(file)
  database.exec('delete from scim_store')
  database.pragma('journal_mode = DELETE')
  database.close()
  const connect = (path: string) => new Database(path, { readonly: true })
  await expect(openSqlite({ file, connect })).rejects.toMatchObject({
    name: 'StoreUnusable',
    code: 'SQLITE_READONLY',
    message: expect.stringContaining(
      'it cannot be written. Give this user the right to write the file and its folder.',
    ),
  })
})

test('a folder that is a file, and a file that is a folder, are refused in words', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'file'), '')
  for (const file of [join(folder.path, 'file', 'scim.db'), folder.path]) {
    await expect(openSqlite({ file })).rejects.toMatchObject({
      name: 'StoreUnusable',
      message: `The store ${file} cannot be opened: it, or its folder, is not what it should be. Name a file in a folder that can be written.`,
    })
  }
})

/** Descriptors of this process on the file, where the system tells. */
function openFiles(file: string): string[] {
  if (!existsSync('/proc/self/fd')) return []
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(file)
    } catch {
      return false
    }
  })
}
