import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrateSqlite } from '../../src/store/sqlite/migrating.ts'
import { Connection } from '../../src/store/sqlite/connection.ts'
import { BatchWriter } from '../../src/store/sqlite/writer.ts'
import { breathe } from '../../src/store/store.ts'
import { Faults } from '../load/faulty.ts'
import { insertRow, openStore, outcomesOf, storedRows } from '../load/rows.ts'

const slugs = (count: number): string[] =>
  Array.from({ length: count }, (_, number) => `w${String(number).padStart(3, '0')}`)

test('writes that wait share a commit', async () => {
  await using store = await openStore()
  await Promise.all(slugs(64).map((slug) => store.write((writer) => insertRow(writer, slug))))
  expect(store.counters).toEqual({ transactions: 64, commits: 1, waits: 0 })
  expect(await storedRows(store)).toEqual(slugs(64))
})

test('an error of one rolls back that one only', async () => {
  await using store = await openStore()
  const own = new Error('mine')
  const { values, errors } = await outcomesOf([
    store.write((writer) => insertRow(writer, 'a')),
    store.write(async (writer) => {
      await insertRow(writer, 'b')
      await insertRow(writer, 'c')
      throw own
    }),
    store.write((writer) => insertRow(writer, 'a')),
    store.write((writer) => insertRow(writer, 'b')),
  ])
  expect(store.counters.commits).toBe(1)
  expect(values).toEqual(['a', 'b'])
  expect(errors).toEqual([own, expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' })])
  expect(await storedRows(store)).toEqual(['a', 'b'])
})

test.each([['text'], [undefined], [null], [0]])(
  'a job that throws %j, which is no Error, is rejected with it',
  async (thrown) => {
    await using store = await openStore()
    const settled = await Promise.allSettled([
      store.write(async (writer) => {
        await insertRow(writer, 'a')
        throw thrown
      }),
      store.write((writer) => insertRow(writer, 'b')),
    ])
    expect(settled).toEqual([
      { status: 'rejected', reason: thrown },
      { status: 'fulfilled', value: 'b' },
    ])
    expect(await storedRows(store)).toEqual(['b'])
  },
)

test('a job that throws before it awaits anything is rejected', async () => {
  await using store = await openStore()
  const thrown = new Error('at once')
  const write = store.write(() => {
    throw thrown
  })
  await expect(write).rejects.toBe(thrown)
  expect(await store.write((writer) => insertRow(writer, 'a'))).toBe('a')
})

test('nobody is answered before the commit, neither with success nor with an error', async () => {
  const faults = new Faults()
  await using store = await openStore({ connect: faults.connect })
  faults.executed.length = 0
  const answered = (name: string) => (): void => {
    faults.executed.push(name)
  }
  await Promise.all([
    store.write((writer) => insertRow(writer, 'a')).then(answered('success')),
    store.write(() => Promise.reject(new Error('mine'))).catch(answered('error')),
    store.write((writer) => insertRow(writer, 'b')).then(answered('success')),
  ])
  const log = faults.executed.filter((entry) => ['begin immediate', 'commit', 'success', 'error'].includes(entry))
  expect(log).toEqual(['begin immediate', 'commit', 'success', 'error', 'success'])
})

test('what is written is readable when it is answered, and not before', async () => {
  await using store = await openStore()
  let during: string[] = []
  await store.write(async (writer) => {
    await insertRow(writer, 'a')
    await breathe()
    during = await storedRows(store)
  })
  expect(during).toEqual([])
  expect(await storedRows(store)).toEqual(['a'])
})

test('large work that breathes does not let another into its savepoint', async () => {
  await using store = await openStore()
  const { errors } = await outcomesOf([
    store.write(async (writer) => {
      await insertRow(writer, 'a')
      for (let turn = 0; turn < 5; turn++) await breathe()
      throw new Error('after all')
    }),
    ...slugs(5).map((slug) => store.write((writer) => insertRow(writer, slug))),
  ])
  expect(errors).toHaveLength(1)
  expect(await storedRows(store)).toEqual(slugs(5))
})

/** A writer whose clock the test moves. */
async function writerAt(now: () => number) {
  const connection = new Connection(new Database(':memory:'), 'scim_')
  await migrate(connection, (script) => connection.database.exec(script), 'scim_')
  const counters = { transactions: 0, commits: 0, waits: 0 }
  return { counters, writer: new BatchWriter(connection, counters, { now }) }
}

test('a batch ends at 64 requests', async () => {
  const { counters, writer } = await writerAt(() => 0)
  const sizes: number[] = []
  await Promise.all(
    slugs(150).map((slug) => writer.write((to) => insertRow(to, slug)).then(() => sizes.push(counters.transactions))),
  )
  expect(counters).toMatchObject({ transactions: 150, commits: 3 })
  expect([...new Set(sizes)]).toEqual([64, 128, 150])
})

test('a batch ends at 5 ms of work, and has one request at least', async () => {
  let now = 0
  const { counters, writer } = await writerAt(() => now)
  const taking = (milliseconds: number) => (slug: string) =>
    writer.write(async (to) => {
      await insertRow(to, slug)
      now += milliseconds
      return counters.commits
    })
  // Each is answered the number of commits before its own.
  expect(await Promise.all(slugs(6).map(taking(2)))).toEqual([0, 0, 0, 1, 1, 1])
  expect(await Promise.all(['x', 'y', 'z'].map(taking(50)))).toEqual([2, 3, 4])
})

test('requests that arrive during a batch form the next one', async () => {
  const { counters, writer } = await writerAt(() => 0)
  const later: Promise<unknown>[] = []
  await writer.write(async (to) => {
    await insertRow(to, 'a')
    for (const slug of slugs(10)) later.push(breathe().then(() => writer.write((next) => insertRow(next, slug))))
    await breathe()
    await breathe()
  })
  await Promise.all(later)
  expect(counters).toMatchObject({ transactions: 11, commits: 1 })
})

test('close waits for queued writes, and refuses later ones', async () => {
  const store = await openStore()
  const file = store.location
  const writes = slugs(100).map((slug) => store.write((writer) => insertRow(writer, slug)))
  const closing = store.close()
  await expect(store.write((writer) => insertRow(writer, 'late'))).rejects.toMatchObject({ code: 'store_unavailable' })
  await closing
  expect((await outcomesOf(writes)).values).toHaveLength(100)
  const database = new Database(file, { readonly: true })
  expect(database.prepare('select count(*) from scim_workspaces').pluck().get()).toBe(100)
  database.close()
  await store[Symbol.asyncDispose]()
})

test('close may be called twice', async () => {
  const store = await openStore()
  await Promise.all([store.close(), store.close()])
  await store[Symbol.asyncDispose]()
})
