import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { breathe, type Store } from '../../src/store/store.ts'
import { Faults } from '../load/faulty.ts'
import { insertRow, openStore, outcomesOf, storedRows } from '../load/rows.ts'

/** Another program's transaction on the store. */
function lock(store: Store): Disposable & { release(): void } {
  const other = new Database(store.location, { timeout: 0 })
  other.exec('begin immediate')
  const release = (): void => {
    if (other.inTransaction) other.exec('commit')
  }
  return {
    release,
    [Symbol.dispose]: () => {
      release()
      other.close()
    },
  }
}

const OVERLOADED = expect.objectContaining({
  code: 'overloaded',
  status: 503,
  headers: { 'Retry-After': '5' },
  cause: expect.objectContaining({ code: 'SQLITE_BUSY' }),
})

/** Until the writer has found the lock taken. */
async function waitingFor(store: Store, waits: number): Promise<void> {
  while (store.counters.waits < waits) await breathe()
}

test('a write waits for the lock of another program; reads go on, and so does the event loop', async () => {
  await using store = await openStore()
  await store.write((writer) => insertRow(writer, 'before'))
  using other = lock(store)
  let answered = false
  const write = store
    .write((writer) => insertRow(writer, 'waited'))
    .finally(() => {
      answered = true
    })
  await waitingFor(store, 1)
  for (let turn = 0; turn < 100; turn++) {
    expect(await storedRows(store)).toEqual(['before'])
    await breathe()
  }
  expect(answered).toBe(false)
  other.release()
  expect(await write).toBe('waited')
  expect(await storedRows(store)).toEqual(['before', 'waited'])
  expect(store.counters).toMatchObject({ waits: 1, commits: 2 })
})

test('all that waited for the lock share one commit', async () => {
  await using store = await openStore()
  using other = lock(store)
  const writes = [store.write((writer) => insertRow(writer, 'a'))]
  await waitingFor(store, 1)
  writes.push(...['b', 'c', 'd'].map((slug) => store.write((writer) => insertRow(writer, slug))))
  other.release()
  await Promise.all(writes)
  expect(store.counters).toMatchObject({ transactions: 4, commits: 1, waits: 1 })
})

test('who has waited too long gets 503 with Retry-After, and the store works when the lock is gone', async () => {
  await using store = await openStore({ writer: { lockWaitMilliseconds: 30 } })
  using other = lock(store)
  const { values, errors } = await outcomesOf(['a', 'b'].map((slug) => store.write((to) => insertRow(to, slug))))
  expect(values).toEqual([])
  expect(errors).toEqual([OVERLOADED, OVERLOADED])
  other.release()
  expect(await store.write((writer) => insertRow(writer, 'c'))).toBe('c')
  expect(await storedRows(store)).toEqual(['c'])
})

test('each waits its own time: who came later is not refused with those who came first', async () => {
  let now = 0
  await using store = await openStore({ writer: { lockWaitMilliseconds: 5_000, now: () => now } })
  using other = lock(store)
  const early = outcomesOf([store.write((writer) => insertRow(writer, 'early'))])
  await waitingFor(store, 1)
  now = 4_000
  const late = store.write((writer) => insertRow(writer, 'late'))
  now = 5_001
  expect((await early).errors).toEqual([OVERLOADED])
  now = 9_000
  other.release()
  expect(await late).toBe('late')
  expect(await storedRows(store)).toEqual(['late'])
})

test('the wait is five seconds where nothing else is said', async () => {
  let now = 0
  await using store = await openStore({ writer: { now: () => now } })
  using _other = lock(store)
  let answered = false
  const write = outcomesOf([store.write((writer) => insertRow(writer, 'a'))]).finally(() => {
    answered = true
  })
  await waitingFor(store, 1)
  now = 5_000
  for (let turn = 0; turn < 50; turn++) await breathe()
  expect(answered).toBe(false)
  now = 5_001
  expect((await write).errors).toEqual([OVERLOADED])
})

test('time behind large work of our own does not count as a wait for the lock', async () => {
  let now = 0
  const faults = new Faults()
  await using store = await openStore({ connect: faults.connect, writer: { now: () => now } })
  const large = store.write(async (writer) => {
    now = 60_000
    faults.fail(/^begin immediate$/, new Database.SqliteError('busy', 'SQLITE_BUSY'))
    return insertRow(writer, 'large')
  })
  const behind = store.write((writer) => insertRow(writer, 'behind'))
  expect(await Promise.all([large, behind])).toEqual(['large', 'behind'])
  expect(store.counters.waits).toBe(1)
})

test('close waits for a write that waits for the lock', async () => {
  const store = await openStore()
  using other = lock(store)
  const write = store.write((writer) => insertRow(writer, 'a'))
  await waitingFor(store, 1)
  const closing = store.close()
  other.release()
  await closing
  expect(await write).toBe('a')
  await store[Symbol.asyncDispose]()
})
