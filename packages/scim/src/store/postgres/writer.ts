import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { ScimError } from '../../base/errors.ts'
import { holdGroups, writeTouched } from '../groups.ts'
import { Held } from '../held.ts'
import { holdPeople } from '../people.ts'
import { statement } from '../statement.ts'
import { breathe, type Scope, type StoreCounters, type Writer } from '../store.ts'
import {
  isCollision,
  isConnectionFault,
  isDatabaseError,
  isSpent,
  isStoreFault,
  isTimeout,
  isWaitForConnection,
  unavailable,
} from './fault.ts'
import { ConnectionSession, type Queries } from './session.ts'
import { OpenTransaction, Transaction } from './transaction.ts'

/** Transactions at a time, each on a connection: batches of groups, and others. */
const BATCHES = 2
const OTHERS = 3
/** As on the embedded store: more in a batch only lengthens the wait of the first. */
const BATCH_REQUESTS = 64
const ATTEMPTS = 6
const RETRY_MILLISECONDS = 20

interface Job {
  readonly scope: Scope | undefined
  /** Jobs with the same are done one after the other. */
  readonly turn: string
  work(writer: Writer): Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

type GroupScope = Extract<Scope, { readonly group: string }>

type Outcome = { readonly job: Job } & ({ readonly value: unknown } | { readonly error: unknown })

// Whatever the database's default: whoever waited for a lock has to see what was written meanwhile.
const begin = statement('begin isolation level read committed')
const commit = statement('commit')
const rollback = statement('rollback')
const lockWorkspace = statement('select w.key from {workspaces} w where w.key = :workspace {lock w}')

/**
 * Writes of one process. Requests about groups that wait at the same time share a transaction, and so a commit: those about
 * one group follow each other in it, those about several run side by side on its connection, so that their statements share
 * the way to the server as well. Where any of them fails once it has written, the transaction is undone, and each is done
 * again by itself. Groups are locked in the order of their ids, by every process, so batches do not wait for each other in
 * a circle.
 */
export class ScopedWriter {
  readonly #pool: Pool
  readonly #queries: Queries
  readonly #counters: StoreCounters
  readonly #queue: Job[] = []
  readonly #turns = new Set<string>()
  #batches = 0
  #others = 0
  #waking: Promise<void> | undefined
  #unscoped = 0
  #closed = false
  #idle: (() => void) | undefined

  constructor(pool: Pool, queries: Queries, counters: StoreCounters) {
    this.#pool = pool
    this.#queries = queries
    this.#counters = counters
  }

  write<T>(work: (writer: Writer) => Promise<T>, scope?: Scope): Promise<T> {
    if (this.#closed) return Promise.reject(new ScimError('store_unavailable'))
    return new Promise<T>((resolve, reject) => {
      const turn = scope ? turnOf(scope) : `${this.#unscoped++}`
      this.#queue.push({ scope, turn, work, resolve: resolve as (value: unknown) => void, reject })
      this.#waking ??= this.#wake()
    })
  }

  /** Takes no further work and waits for what is queued. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#queue.length + this.#batches + this.#others > 0) await new Promise<void>((done) => (this.#idle = done))
  }

  async #wake(): Promise<void> {
    // Two turns of the loop: the first ends while sockets that are ready are still being read, and no batch would form.
    await breathe()
    await breathe()
    this.#waking = undefined
    this.#next()
  }

  #next(): void {
    while (this.#batches < BATCHES) {
      const jobs = this.#take(BATCH_REQUESTS, ({ scope }) => scope !== undefined && 'group' in scope)
      if (jobs.length === 0) break
      this.#batches += 1
      void this.#batch(jobs).finally(() => {
        this.#batches -= 1
        this.#done(jobs)
      })
    }
    while (this.#others < OTHERS) {
      const jobs = this.#take(1, ({ scope }) => scope === undefined || 'people' in scope)
      if (jobs.length === 0) break
      this.#others += 1
      void this.#alone(jobs[0] as Job).finally(() => {
        this.#others -= 1
        this.#done(jobs)
      })
    }
  }

  #done(jobs: readonly Job[]): void {
    for (const { turn } of jobs) this.#turns.delete(turn)
    this.#next()
    if (this.#queue.length + this.#batches + this.#others === 0) this.#idle?.()
  }

  /** From the queue, the first that are of a kind and whose turn it is. */
  #take(limit: number, isMeant: (job: Job) => boolean): Job[] {
    const taken = this.#queue.filter((job) => isMeant(job) && !this.#turns.has(job.turn)).slice(0, limit)
    if (taken.length === 0) return taken
    const chosen = new Set(taken)
    for (const { turn } of taken) this.#turns.add(turn)
    let kept = 0
    for (const job of this.#queue) if (!chosen.has(job)) this.#queue[kept++] = job
    this.#queue.length = kept
    return taken
  }

  async #batch(jobs: readonly Job[]): Promise<void> {
    const [only] = jobs
    if (only && jobs.length === 1) {
      await this.#alone(only)
      return
    }
    let outcomes: readonly Outcome[]
    try {
      outcomes = await this.#transact((open) => together(open, jobs))
    } catch (error) {
      if (error instanceof Undone || isOfServer(error)) await this.#oneByOne(jobs)
      else for (const job of jobs) job.reject(explained(error))
      return
    }
    this.#counters.transactions += outcomes.length
    for (const outcome of outcomes) {
      if ('error' in outcome) outcome.job.reject(outcome.error)
      else outcome.job.resolve(outcome.value)
    }
  }

  async #oneByOne(jobs: readonly Job[]): Promise<void> {
    const stuck = new Map<string, unknown>()
    for (const job of jobs) {
      // Who waits behind one that has waited in vain would only do so as well, one after the other.
      const fault = stuck.get(job.turn) ?? (await this.#alone(job))
      if (stuck.has(job.turn)) job.reject(explained(fault))
      else if (isTimeout(fault)) stuck.set(job.turn, fault)
    }
  }

  /** Answers what it failed for, once nothing more is tried. */
  async #alone(job: Job): Promise<unknown> {
    for (let attempts = 1; ; attempts++) {
      try {
        const value = await this.#transact((open) => single(open, job))
        this.#counters.transactions += 1
        job.resolve(value)
        return
      } catch (error) {
        const again = isCollision(error) || (attempts === 1 && isConnectionFault(error))
        if (!again || attempts === ATTEMPTS) {
          job.reject(explained(error))
          return error
        }
        this.#counters.waits += 1
        await delay(Math.random() * RETRY_MILLISECONDS * attempts)
      }
    }
  }

  /** Runs `body` between `begin` and `commit`; a connection on which anything went wrong with the connection is let go. */
  async #transact<T>(body: (open: OpenTransaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    const session = new ConnectionSession(this.#queries, client)
    const open = new OpenTransaction(session)
    // What is under way on a connection that ends is told so; the event would end the process where nobody listens.
    client.on('error', ignore)
    let fault: unknown
    try {
      const [, value] = await settled([session.send(begin, {}), body(open)])
      await this.#commit(open)
      return value
    } catch (raised) {
      const error = await open.causeOf(raised)
      fault = error instanceof Undone ? error.cause : error
      if (!isConnectionFault(error)) await session.send(rollback, {}).catch((worse) => (fault = worse))
      throw error
    } finally {
      client.release(fault !== undefined && isSpent(fault))
      client.off('error', ignore)
    }
  }

  async #commit(open: OpenTransaction): Promise<void> {
    let done: string
    try {
      done = (await open.finish(commit)).command
    } catch (error) {
      // A server that tells of an error, of this or of a statement before, has stored nothing.
      throw isConnectionFault(error) ? new CommitFailed(error) : error
    }
    // A transaction in which a statement failed answers `commit` without an error.
    if (done !== 'COMMIT') throw new Error('the transaction was undone by an error that its work did not tell')
    this.#counters.commits += 1
  }
}

function ignore(): void {}

/** An error that the server told, and that undid the transaction. */
function isOfServer(error: unknown): boolean {
  return isDatabaseError(error) && !isConnectionFault(error) && !isWaitForConnection(error)
}

/** Whether the transaction was stored is not known. */
class CommitFailed extends Error {
  override readonly name = 'CommitFailed'

  constructor(cause: unknown) {
    super(`the commit failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** A batch in which work failed that had written, or the database: nothing of it is stored. */
class Undone extends Error {
  override readonly name = 'Undone'
}

async function together(open: OpenTransaction, jobs: readonly Job[]): Promise<Outcome[]> {
  const held = await holdAll(open, jobs)
  const outcomes: Outcome[] = []
  const chains = Map.groupBy(jobs, ({ turn }) => turn)
  const turns = [...chains.keys()].sort()
  await settled(
    turns.map(async (turn) => {
      for (const job of chains.get(turn) as Job[]) outcomes.push(await attempt(open, held, job))
    }),
  )
  await writeTouched(new Transaction(open, held))
  return outcomes
}

/** Locks the groups of a batch, and looks up the people that its requests name: two statements for all of them. */
async function holdAll(open: OpenTransaction, jobs: readonly Job[]): Promise<Held> {
  const held = new Held()
  const writer = new Transaction(open, held)
  const scopes = jobs.map(({ scope }) => scope as GroupScope)
  const workspaces = [...Map.groupBy(scopes, ({ workspace }) => workspace)].sort(([left], [right]) => left - right)
  await settled(
    workspaces.flatMap(([workspace, ofWorkspace]) => {
      const groups = new Set(ofWorkspace.map(({ group }) => group))
      const names = new Set(ofWorkspace.flatMap((scope) => scope.names ?? []))
      return [
        holdGroups(writer, workspace, [...groups].sort()),
        ...(names.size > 0 ? [holdPeople(writer, workspace, [...names].sort())] : []),
      ]
    }),
  )
  return held
}

async function single(open: OpenTransaction, job: Job): Promise<unknown> {
  const { scope } = job
  if (!scope || !('people' in scope)) return job.work(new Transaction(open))
  const [, value] = await settled([
    open.session.all(lockWorkspace, { workspace: scope.workspace }),
    job.work(new Transaction(open)),
  ])
  return value
}

/** What all of them answer, or the first error, once none of them uses the connection any more. */
async function settled<T extends readonly unknown[]>(promises: [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T> {
  await Promise.allSettled(promises)
  return Promise.all(promises) as unknown as Promise<T>
}

/** Work that refuses before it has written anything has left the transaction as it was. */
async function attempt(open: OpenTransaction, held: Held, job: Job): Promise<Outcome> {
  const transaction = new Transaction(open, held)
  try {
    return { job, value: await job.work(transaction) }
  } catch (error) {
    if (transaction.hasWritten || isDatabaseError(error)) {
      if (isConnectionFault(error)) throw error
      throw new Undone(undefined, { cause: error })
    }
    return { job, error }
  }
}

function explained(error: unknown): unknown {
  const cause = error instanceof CommitFailed ? error.cause : error
  return error instanceof CommitFailed || isStoreFault(error) || isCollision(error) ? unavailable(cause) : error
}

function turnOf(scope: Scope): string {
  return 'group' in scope ? `group ${scope.group} ${scope.workspace}` : `people ${scope.workspace}`
}
