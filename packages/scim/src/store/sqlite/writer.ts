import { setTimeout as delay } from 'node:timers/promises'
import { ScimError } from '../../base/errors.ts'
import type { StoreCounters, Writer } from '../store.ts'
import { breathe } from '../store.ts'
import type { Connection } from './connection.ts'
import { isBusy, isStoreFault, unavailable } from './fault.ts'

/** Measured: at 64 the commit's share of a request is below a tenth; more only lengthens the wait of the first. */
const BATCH_REQUESTS = 64
const BATCH_MILLISECONDS = 5
const LOCK_WAIT_MILLISECONDS = 5_000
const LOCK_RETRY_MILLISECONDS = 5

export interface WriterOptions {
  /** How long a request waits for another process's transaction before it gets 503. Default 5 seconds. */
  readonly lockWaitMilliseconds?: number
  /** After how much work a batch ends. Default 5. */
  readonly batchMilliseconds?: number
  /** The clock of both. */
  readonly now?: () => number
}

interface Job {
  readonly arrived: number
  work(writer: Writer): Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

type Outcome = { readonly job: Job } & ({ readonly value: unknown } | { readonly error: unknown })

/**
 * The one writer of a process. Requests that wait for it share a transaction and so a commit, each within a savepoint of
 * its own: an error of one rolls back that one; a fault of the transaction itself fails them all, and none was answered
 * before.
 */
export class BatchWriter {
  readonly #connection: Connection
  readonly #counters: StoreCounters
  readonly #lockWait: number
  readonly #batchLength: number
  readonly #now: () => number
  readonly #queue: Job[] = []
  #draining: Promise<void> | undefined
  #closed = false

  constructor(
    connection: Connection,
    counters: StoreCounters,
    {
      lockWaitMilliseconds = LOCK_WAIT_MILLISECONDS,
      batchMilliseconds = BATCH_MILLISECONDS,
      now = performance.now.bind(performance),
    }: WriterOptions = {},
  ) {
    this.#connection = connection
    this.#counters = counters
    this.#lockWait = lockWaitMilliseconds
    this.#batchLength = batchMilliseconds
    this.#now = now
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ScimError('store_unavailable'))
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ arrived: this.#now(), work, resolve: resolve as (value: unknown) => void, reject })
      this.#draining ??= this.#drain()
    })
  }

  /** Takes no further work and waits for what is queued. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#draining
  }

  async #drain(): Promise<void> {
    // Two turns of the loop: the first ends while sockets that are ready are still being read, and no batch would form.
    await breathe()
    await breathe()
    while (this.#queue.length > 0) {
      if (await this.#begin()) await this.#batch()
      if (this.#queue.length > 0) await breathe()
    }
    this.#draining = undefined
  }

  /**
   * better-sqlite3 would wait inside the call and stop the loop: so no timeout there, and the waiting is done here. False
   * where nobody is left to begin for.
   */
  async #begin(): Promise<boolean> {
    const since = this.#now()
    for (let attempt = 0; this.#queue.length > 0; attempt++) {
      try {
        // Only where an earlier batch could not even be rolled back.
        this.#abandon()
        this.#execute('begin immediate')
        return true
      } catch (error) {
        if (!isBusy(error)) this.#refuse(this.#queue.length, error)
        else {
          if (attempt === 0) this.#counters.waits += 1
          const before = this.#now() - this.#lockWait
          this.#refuse(this.#queue.filter(({ arrived }) => Math.max(arrived, since) < before).length, error)
          if (this.#queue.length > 0) await delay(LOCK_RETRY_MILLISECONDS)
        }
      }
    }
    return false
  }

  /** The first of the queue, which are those that have waited longest. */
  #refuse(count: number, cause: unknown): void {
    for (const job of this.#queue.splice(0, count)) job.reject(unavailable(cause))
  }

  async #batch(): Promise<void> {
    const outcomes: Outcome[] = []
    try {
      await this.#perform(outcomes)
      this.#execute('commit')
    } catch (error) {
      try {
        this.#abandon()
      } catch {
        // Tried again before the next batch; the fault that began it is the one to tell of.
      }
      for (const { job } of outcomes) job.reject(unavailable(error))
      return
    }
    this.#counters.commits += 1
    this.#counters.transactions += outcomes.length
    for (const outcome of outcomes) {
      if ('error' in outcome) outcome.job.reject(outcome.error)
      else outcome.job.resolve(outcome.value)
    }
  }

  async #perform(outcomes: Outcome[]): Promise<void> {
    const end = this.#now() + this.#batchLength
    while (outcomes.length < BATCH_REQUESTS && (outcomes.length === 0 || this.#now() < end)) {
      const job = this.#queue.shift()
      if (!job) return
      const position = outcomes.push({ job, error: undefined }) - 1
      outcomes[position] = await this.#attempt(job)
    }
  }

  async #attempt(job: Job): Promise<Outcome> {
    this.#execute('savepoint request')
    try {
      const value = await job.work(this.#connection)
      this.#execute('release request')
      return { job, value }
    } catch (error) {
      // A full disk or an I/O error rolls back the whole transaction, not the savepoint.
      if (!this.#connection.database.inTransaction) throw error
      this.#execute('rollback to request')
      this.#execute('release request')
      return { job, error: isStoreFault(error) ? unavailable(error) : error }
    }
  }

  #abandon(): void {
    if (this.#connection.database.inTransaction) this.#execute('rollback')
  }

  #execute(sql: string): void {
    this.#connection.execute(sql)
  }
}
