import { afterEach, expect, test } from 'vitest'
import { statement } from '../../src/store/statement.ts'
import type { Store } from '../../src/store/store.ts'
import { Faults, sqliteError } from '../load/faulty.ts'
import { insertRow, openStore, outcomesOf, storedRows } from '../load/rows.ts'

const UNAVAILABLE = expect.objectContaining({ code: 'store_unavailable', status: 503 })

let faults = new Faults()
afterEach(() => {
  faults = new Faults()
})

const insert = (store: Store, ...slugs: string[]): Promise<string>[] =>
  slugs.map((slug) => store.write((writer) => insertRow(writer, slug)))

test('COMMIT fails: every request of the batch gets 503, nothing is stored, and the next batch works', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.fail(/^commit$/)
  const { values, errors } = await outcomesOf([
    ...insert(store, 'a', 'b', 'c'),
    store.write(() => Promise.reject(new Error('mine'))),
  ])
  expect(values).toEqual([])
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE])
  expect(errors[0]?.cause).toMatchObject({ code: 'SQLITE_IOERR' })
  expect(await storedRows(store)).toEqual([])
  expect(store.counters).toMatchObject({ transactions: 0, commits: 0 })
  expect(await Promise.all(insert(store, 'a', 'b'))).toEqual(['a', 'b'])
  expect(await storedRows(store)).toEqual(['a', 'b'])
})

test('COMMIT fails and so does the ROLLBACK: the transaction is abandoned before the next batch', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.fail(/^commit$/)
  faults.fail(/^rollback$/)
  expect((await outcomesOf(insert(store, 'a', 'b'))).errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(faults.writing.inTransaction).toBe(true)
  expect(await Promise.all(insert(store, 'c'))).toEqual(['c'])
  expect(await storedRows(store)).toEqual(['c'])
})

test('while ROLLBACK goes on failing, requests are refused and none waits for ever', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.fail(/^commit$/)
  faults.fail(/^rollback$/, sqliteError('SQLITE_IOERR'), 3)
  expect((await outcomesOf(insert(store, 'a'))).errors).toEqual([UNAVAILABLE])
  expect((await outcomesOf(insert(store, 'b', 'c'))).errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect((await outcomesOf(insert(store, 'd'))).errors).toEqual([UNAVAILABLE])
  expect(await Promise.all(insert(store, 'e'))).toEqual(['e'])
  expect(await storedRows(store)).toEqual(['e'])
})

test('SAVEPOINT fails: the batch so far is lost, and said to be', async () => {
  await using store = await openStore({ connect: faults.connect })
  const first = store.write(async (writer) => {
    await insertRow(writer, 'a')
    faults.fail(/^savepoint request$/)
  })
  const { values, errors } = await outcomesOf([first, ...insert(store, 'b', 'c')])
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(values).toEqual(['c'])
  expect(await storedRows(store)).toEqual(['c'])
})

test('RELEASE fails: that request is rolled back and gets 503, the others of the batch are stored', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.fail(/^release request$/)
  const { values, errors } = await outcomesOf(insert(store, 'a', 'b'))
  expect(errors).toEqual([UNAVAILABLE])
  expect(values).toEqual(['b'])
  expect(await storedRows(store)).toEqual(['b'])
})

test.each([/^rollback to request$/, /^release request$/])(
  'a request fails and %s after it: the batch so far is lost, and said to be',
  async (pattern) => {
    await using store = await openStore({ connect: faults.connect })
    const first = insert(store, 'a')
    const failing = store.write(async (writer) => {
      await insertRow(writer, 'b')
      faults.fail(pattern)
      throw new Error('mine')
    })
    const { values, errors } = await outcomesOf([...first, failing])
    expect(values).toEqual([])
    expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
    expect(await storedRows(store)).toEqual([])
    expect(await Promise.all(insert(store, 'c'))).toEqual(['c'])
    expect(await storedRows(store)).toEqual(['c'])
  },
)

test('an I/O error that ends the transaction loses the batch, and requests behind it form the next', async () => {
  await using store = await openStore({ connect: faults.connect })
  const { values, errors } = await outcomesOf([
    ...insert(store, 'a'),
    store.write(async (writer) => {
      await insertRow(writer, 'b')
      // What SQLite does by itself where a page cannot be written.
      faults.writing.exec('rollback')
      throw sqliteError('SQLITE_IOERR_WRITE')
    }),
    ...insert(store, 'c', 'd'),
  ])
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(values).toEqual(['c', 'd'])
  expect(await storedRows(store)).toEqual(['c', 'd'])
})

test('work that hides the end of its transaction has not succeeded', async () => {
  await using store = await openStore({ connect: faults.connect })
  const { errors } = await outcomesOf([
    ...insert(store, 'a'),
    store.write(async (writer) => {
      await insertRow(writer, 'b')
      faults.writing.exec('rollback')
      return 'as if nothing had been'
    }),
  ])
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(await storedRows(store)).toEqual([])
})

test('the disk is full, which costs a statement: that request gets 503, the others of the batch are stored', async () => {
  await using store = await openStore({ connect: faults.connect })
  const pages = faults.writing.pragma('page_count', { simple: true }) as number
  faults.writing.pragma(`max_page_count = ${pages + 20}`)
  const large = 'x'.repeat(60_000)
  const { values, errors } = await outcomesOf(insert(store, 'a', `b${large}`, `c${large}`, 'd'))
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(errors[0]?.cause).toMatchObject({ code: 'SQLITE_FULL' })
  expect(values).toEqual(['a', 'd'])
  expect(await storedRows(store)).toEqual(['a', 'd'])
  faults.writing.pragma(`max_page_count = ${pages + 1_000}`)
  expect(await Promise.all(insert(store, `e${large}`))).toEqual([`e${large}`])
})

test('the disk is full, which costs the transaction: the batch gets 503, and writing goes on when there is room', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.writing.exec('create table blobs (data blob)')
  const blob = statement('insert into blobs (data) values (:data)')
  const pages = faults.writing.pragma('page_count', { simple: true }) as number
  faults.writing.pragma(`max_page_count = ${pages + 10}`)
  const { values, errors } = await outcomesOf([
    ...insert(store, 'a'),
    store.write((writer) => writer.run(blob, { data: Buffer.alloc(200_000) })),
    ...insert(store, 'behind'),
  ])
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(errors[1]?.cause).toMatchObject({ code: 'SQLITE_FULL' })
  // What waited behind the lost batch is one of its own.
  expect(values).toEqual(['behind'])
  expect(await storedRows(store)).toEqual(['behind'])
  faults.writing.pragma(`max_page_count = ${pages + 1_000}`)
  expect(await store.write((writer) => writer.run(blob, { data: Buffer.alloc(200_000) }))).toBe(1)
})

test('the store has become read-only: 503, and writing goes on when it is writable again', async () => {
  await using store = await openStore({ connect: faults.connect })
  await Promise.all(insert(store, 'a'))
  faults.writing.pragma('query_only = 1')
  const { errors } = await outcomesOf(insert(store, 'b', 'c'))
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(await storedRows(store)).toEqual(['a'])
  faults.writing.pragma('query_only = 0')
  expect(await Promise.all(insert(store, 'b'))).toEqual(['b'])
})

test('BEGIN fails for a reason that waiting does not mend: 503 at once', async () => {
  await using store = await openStore({ connect: faults.connect })
  faults.fail(/^begin immediate$/, sqliteError('SQLITE_READONLY'))
  const { errors } = await outcomesOf(insert(store, 'a', 'b'))
  expect(errors).toEqual([UNAVAILABLE, UNAVAILABLE])
  expect(store.counters.waits).toBe(0)
  expect(await Promise.all(insert(store, 'c'))).toEqual(['c'])
})

test.each(['SQLITE_CORRUPT', 'SQLITE_IOERR_READ', 'SQLITE_BUSY_RECOVERY'])(
  'a read that fails with %s is a 503',
  async (code) => {
    await using store = await openStore({ connect: faults.connect })
    faults.fail(/select [\w, ]+ from scim_workspaces/, sqliteError(code))
    await expect(storedRows(store)).rejects.toMatchObject({ status: 503, cause: { code } })
    expect(await storedRows(store)).toEqual([])
  },
)
