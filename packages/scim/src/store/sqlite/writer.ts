import { setTimeout as delay } from 'node:timers/promises'
import { ScimError } from '../../base/errors.ts'
import type { StoreCounters, Writer } from '../store.ts'
import { breathe } from '../store.ts'
import type { Connection } from './connection.ts'

/** Measured: at 64 the commit's share of a request is below a tenth; more only lengthens the wait of the first. */
const BATCH_REQUESTS = 64
const BATCH_MILLISECONDS = 5
/** How long a batch waits for another process's transaction before its requests get 503. */
const LOCK_WAIT_MILLISECONDS = 5_000
const LOCK_RETRY_MILLISECONDS = 5

interface Job {
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
  readonly #queue: Job[] = []
  #draining: Promise<void> | undefined
  #closed = false

  constructor(connection: Connection, counters: StoreCounters) {
    this.#connection = connection
    this.#counters = counters
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ScimError('store_unavailable'))
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
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
      await this.#batch()
      if (this.#queue.length > 0) await breathe()
    }
    this.#draining = undefined
  }

  async #batch(): Promise<void> {
    try {
      await this.#begin()
    } catch (error) {
      for (const job of this.#queue.splice(0)) job.reject(unavailable(error))
      return
    }
    const outcomes: Outcome[] = []
    try {
      await this.#perform(outcomes)
      this.#execute('commit')
    } catch (error) {
      this.#abandon()
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

  /** better-sqlite3 would wait inside the call and stop the loop: so no timeout there, and the waiting is done here. */
  async #begin(): Promise<void> {
    const deadline = performance.now() + LOCK_WAIT_MILLISECONDS
    for (let attempt = 0; ; attempt++) {
      try {
        this.#execute('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        if (attempt === 0) this.#counters.waits += 1
        await delay(LOCK_RETRY_MILLISECONDS)
      }
    }
  }

  async #perform(outcomes: Outcome[]): Promise<void> {
    const end = performance.now() + BATCH_MILLISECONDS
    while (outcomes.length < BATCH_REQUESTS && (outcomes.length === 0 || performance.now() < end)) {
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

function unavailable(cause: unknown): ScimError {
  return new ScimError(isBusy(cause) ? 'overloaded' : 'store_unavailable', {}, { 'Retry-After': '5' }, cause)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

/** Faults of the machine rather than of the statement; constraint violations are the work's own affair. */
function isStoreFault(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PERM|NOMEM|BUSY|LOCKED|PROTOCOL)/.test(codeOf(error))
}
