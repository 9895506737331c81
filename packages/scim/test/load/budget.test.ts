import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BODY_BYTES, BodyBudget } from '../../src/scim-api/limits.ts'
import type { WireRequest } from '../../src/scim-api/wire.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const MIB = 2 ** 20

/** A body that arrives in pieces, as the test says. */
class Upload {
  readonly request: WireRequest
  reads = 0
  #sent = 0
  #grown: (bytes: number) => void = () => {}
  #end: (body: Uint8Array) => void = () => {}
  #fail: (error: unknown) => void = () => {}

  constructor(declared?: number) {
    this.request = {
      method: 'POST',
      path: '/',
      query: '',
      address: null,
      header: (name) => (name === 'content-length' && declared !== undefined ? String(declared) : undefined),
      readBody: (_, grown) => {
        this.reads += 1
        this.#grown = grown
        return new Promise((resolve, reject) => {
          this.#end = resolve
          this.#fail = reject
        })
      },
    }
  }

  /** As an adapter does: what `grown` throws ends the reading. */
  send(bytes: number): void {
    this.#sent += bytes
    try {
      this.#grown(this.#sent)
    } catch (error) {
      this.#fail(error)
    }
  }

  end(): void {
    this.#end(new Uint8Array())
  }

  abort(): void {
    this.#fail(new Error('gone'))
  }
}

/** Lets everything that has been resolved take its course. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

interface Use {
  readonly upload: Upload
  readonly outcome: Promise<unknown>
  /** Ends the use of the body, which keeps its share until then. */
  done(result?: unknown): void
}

function start(budget: BodyBudget, declared?: number): Use {
  const upload = new Upload(declared)
  const { promise: used, resolve: done } = Promise.withResolvers<unknown>()
  const outcome = budget.withBody(upload.request, () => used).catch((error) => error)
  return { upload, outcome, done }
}

const OVERLOADED = { code: 'overloaded', status: 503, headers: { 'Retry-After': '5' } }

test('64 MiB are held in all: beyond, a body waits, unread, until a share is given back', async () => {
  const budget = new BodyBudget()
  const [first, second, third] = [32, 32, 1].map((size) => start(budget, size * MIB)) as [Use, Use, Use]
  await settle()
  expect(budget.heldBytes).toBe(64 * MIB)
  expect([first, second, third].map(({ upload }) => upload.reads)).toEqual([1, 1, 0])
  expect(budget.waiting).toBe(1)
  first.upload.end()
  await settle()
  // Read, and in use still.
  expect(third.upload.reads).toBe(0)
  first.done('first')
  expect(await first.outcome).toBe('first')
  await settle()
  expect(third.upload.reads).toBe(1)
  expect(budget.heldBytes).toBe(33 * MIB)
  for (const { upload, done, outcome } of [second, third]) {
    upload.end()
    done()
    await outcome
  }
  expect(budget).toMatchObject({ heldBytes: 0, waiting: 0 })
})

test('who waits too long gets 503, and a smaller body behind is no longer in its way', async () => {
  const budget = new BodyBudget({ heldBytes: 100, waitMilliseconds: 1_000 })
  const holder = start(budget, 60)
  const large = start(budget, 80)
  await vi.advanceTimersByTimeAsync(500)
  const small = start(budget, 40)
  await settle()
  // In the order of arrival: otherwise small ones would pass by for ever.
  expect(small.upload.reads).toBe(0)
  await vi.advanceTimersByTimeAsync(500)
  expect(await large.outcome).toMatchObject(OVERLOADED)
  await settle()
  expect(large.upload.reads).toBe(0)
  expect(small.upload.reads).toBe(1)
  for (const { upload, done, outcome } of [holder, small]) {
    upload.end()
    done()
    await outcome
  }
  expect(budget).toMatchObject({ heldBytes: 0, waiting: 0 })
  expect(vi.getTimerCount()).toBe(0)
})

test('the wait is ten seconds where nothing else is said', async () => {
  const budget = new BodyBudget({ heldBytes: 10 })
  const holder = start(budget, 10)
  const waiting = start(budget, 1)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(budget.waiting).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await waiting.outcome).toMatchObject(OVERLOADED)
  holder.upload.abort()
  await holder.outcome
})

test('a body of unknown length has a small share, which grows with what arrives', async () => {
  const budget = new BodyBudget({ heldBytes: 1_000_000 })
  const chunked = start(budget)
  await settle()
  const assumed = budget.heldBytes
  expect(assumed).toBe(64 * 1_024)
  chunked.upload.send(assumed - 1)
  expect(budget.heldBytes).toBe(assumed)
  chunked.upload.send(100_000)
  expect(budget.heldBytes).toBe(assumed + 99_999)
  chunked.upload.send(900_000)
  expect(await chunked.outcome).toMatchObject(OVERLOADED)
  expect(budget.heldBytes).toBe(0)
})

test('a body that sends more than it declared counts with what it sends', async () => {
  const budget = new BodyBudget({ heldBytes: 100 })
  const liar = start(budget, 10)
  await settle()
  liar.upload.send(90)
  expect(budget.heldBytes).toBe(90)
  liar.upload.abort()
  await liar.outcome
  expect(budget.heldBytes).toBe(0)
})

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
  'a length of %d is no way to a share of nothing',
  async (declared) => {
    const budget = new BodyBudget()
    const { upload, outcome } = start(budget, declared)
    await settle()
    if (declared > BODY_BYTES) {
      expect(await outcome).toMatchObject({ code: 'body_too_large' })
      expect(upload.reads).toBe(0)
    } else expect(budget.heldBytes).toBe(64 * 1_024)
    upload.abort()
    await outcome
    expect(budget.heldBytes).toBe(0)
  },
)

test('a body that declares more than 32 MiB is refused unread; one of 32 MiB is not', async () => {
  const budget = new BodyBudget()
  const over = start(budget, BODY_BYTES + 1)
  expect(await over.outcome).toMatchObject({ code: 'body_too_large', status: 413 })
  expect(over.upload.reads).toBe(0)
  const just = start(budget, BODY_BYTES)
  await settle()
  expect(just.upload.reads).toBe(1)
  just.upload.abort()
  await just.outcome
  expect(budget.heldBytes).toBe(0)
})

test('an error while a body is read or used gives its share back and lets the next one in', async () => {
  const budget = new BodyBudget({ heldBytes: 10 })
  const aborted = start(budget, 10)
  const failing = new Upload(10)
  const failed = budget
    .withBody(failing.request, () => Promise.reject(new Error('mine')))
    .catch((error) => error.message)
  const next = start(budget, 10)
  await settle()
  aborted.upload.abort()
  await settle()
  expect(failing.reads).toBe(1)
  failing.end()
  expect(await failed).toBe('mine')
  await settle()
  expect(next.upload.reads).toBe(1)
  next.upload.end()
  next.done()
  await next.outcome
  expect(budget).toMatchObject({ heldBytes: 0, waiting: 0 })
})
