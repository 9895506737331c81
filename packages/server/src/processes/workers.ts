import cluster, { type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import { Fault } from '../cli/fault.ts'
import type { Started } from '../started.ts'
import { pauseBefore } from './delay.ts'
import { type FromWorker, LOCAL_URL, OTHERS_LISTEN, type ToWorker } from './messages.ts'
import { Total } from './total.ts'

/** Requests in flight have ten seconds (http/server.ts); the rest is for closing the store. */
const LAST_WORK = 15_000
/** A worker that is busy for longer is shown as it was when it was last asked. */
const COUNTING = 2_000

/** The processes that answer requests, as the primary process sees them. */
export class Workers {
  readonly #log: Logger
  readonly #total = new Total()
  readonly #ends: number[] = []
  readonly #pauses = new Set<NodeJS.Timeout>()
  readonly #counts = new Map<number, (worker: number) => void>()
  /** Those that answer requests by now: the others have nothing to count. */
  readonly #serving = new Set<Worker>()
  #lastCount = 0
  #isEnding = false
  #localUrl = ''

  constructor(log: Logger) {
    this.#log = log
  }

  /**
   * Starts the first. It brings the tables up to date and tells what there is to say, so that both happen once; and where it
   * cannot start, none could.
   */
  first(): Promise<Started> {
    const worker = cluster.fork({ [LOCAL_URL]: '' })
    return new Promise<Started>((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.tells === 'started') {
          this.#serving.add(worker)
          this.#keep(worker)
          this.#localUrl = message.started.localUrl
          resolve(message.started)
        } else if (message.tells === 'failed') {
          reject(new Fault(message.message, message.next, message.exitCode, message.details))
        }
      })
      worker.once('exit', (code, signal) => {
        const problem = `The process that answers requests ended while it started (${signal ?? `exit code ${code}`}).`
        reject(new Fault(problem, 'What it wrote above says why.'))
      })
    })
  }

  /** Starts the others, and from now on replaces those that end. */
  fill(count: number): void {
    for (let started = 1; started < count; started += 1) this.#fork()
  }

  /** Lets all of them finish what they are at, and cuts what does not end. Answers whether all ended by themselves. */
  async stop(): Promise<boolean> {
    this.#isEnding = true
    for (const pause of this.#pauses) clearTimeout(pause)
    const workers = living()
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    for (const worker of workers) tell(worker, { tells: 'stop' })
    let cut = 0
    const limit = setTimeout(() => {
      for (const worker of living()) {
        cut += 1
        worker.process.kill('SIGKILL')
      }
    }, LAST_WORK)
    await Promise.all(ended)
    clearTimeout(limit)
    return cut === 0
  }

  #fork(): void {
    const others = this.#serving.size > 0 ? 'yes' : 'no'
    this.#keep(cluster.fork({ [LOCAL_URL]: this.#localUrl, [OTHERS_LISTEN]: others }))
  }

  #keep(worker: Worker): void {
    worker.on('message', (message: FromWorker) => this.#hear(worker, message))
    worker.once('exit', (code, signal) => {
      this.#serving.delete(worker)
      this.#replace(worker.id, code, signal)
    })
  }

  #hear(worker: Worker, message: FromWorker): void {
    switch (message.tells) {
      case 'started':
        this.#serving.add(worker)
        break
      case 'failed':
        this.#log.error({ worker: worker.id, reason: message.message, fix: message.next }, 'a process could not start')
        break
      case 'figures':
        this.#total.note(worker.id, message.figures)
        this.#counts.get(message.id)?.(worker.id)
        break
      case 'asked':
        void this.#answer(worker, message.id)
    }
  }

  async #answer(worker: Worker, id: number): Promise<void> {
    await this.#count()
    tell(worker, { tells: 'metrics', id, text: await this.#total.text() })
  }

  /** Resolves once every worker that serves has told its figures, or has had its time to. */
  #count(): Promise<void> {
    const id = ++this.#lastCount
    const asked = [...this.#serving]
    const missing = new Set(asked.map((worker) => worker.id))
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(limit)
        this.#counts.delete(id)
        resolve()
      }
      const limit = setTimeout(done, COUNTING)
      this.#counts.set(id, (worker) => {
        missing.delete(worker)
        if (missing.size === 0) done()
      })
      for (const worker of asked) tell(worker, { tells: 'count', id })
    })
  }

  #replace(id: number, code: number | null, signal: string | null): void {
    this.#total.end(id)
    if (this.#isEnding) return
    const now = Date.now()
    this.#ends.push(now)
    if (this.#ends.length > 100) this.#ends.shift()
    const milliseconds = pauseBefore(this.#ends, now)
    const how = signal === null ? { code } : { signal }
    this.#log.error({ worker: id, ...how, milliseconds }, 'a process ended, and is replaced')
    const pause = setTimeout(() => {
      this.#pauses.delete(pause)
      this.#fork()
    }, milliseconds)
    this.#pauses.add(pause)
  }
}

function living(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined && !worker.isDead()) as Worker[]
}

/** One that has just ended hears nothing, and its end is told by itself. */
function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {})
}
