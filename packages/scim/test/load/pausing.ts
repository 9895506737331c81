import { scheduler } from 'node:timers/promises'
import type { Scope, Store, Writer } from '../../src/store/store.ts'

/** Holds a transaction after one of its statements, until it is told to go on. */
export class Pausing {
  #after = 0
  #run = 0
  #reached = Promise.withResolvers<void>()
  #resumed = Promise.withResolvers<void>()

  readonly wrap = (store: Store): Store =>
    withWrite(store, (write) => {
      return (work: (writer: Writer) => Promise<unknown>, scope?: Scope) =>
        // What has no scope is the service's own, such as when a token was last used.
        write((writer) => work(scope ? this.#watch(writer) : writer), scope)
    })

  /** From now on the transaction stops once it has run so many statements, and stops once only. */
  arm(after: number): void {
    this.#after = after
    this.#run = 0
    this.#reached = Promise.withResolvers<void>()
    this.#resumed = Promise.withResolvers<void>()
  }

  /** Resolves once the transaction stands still. */
  get reached(): Promise<void> {
    return this.#reached.promise
  }

  go(): void {
    this.#after = 0
    this.#resumed.resolve()
  }

  #watch(writer: Writer): Writer {
    const run = async (method: 'all' | 'get' | 'run' | 'later' | 'append' | 'flush', ...parameters: unknown[]) => {
      const answer = await (writer[method] as (...all: unknown[]) => Promise<unknown>)(...parameters)
      this.#run += 1
      if (this.#after > 0 && this.#run === this.#after) {
        this.#reached.resolve()
        await this.#resumed.promise
      }
      return answer
    }
    return {
      dialect: writer.dialect,
      all: (...parameters: unknown[]) => run('all', ...parameters),
      get: (...parameters: unknown[]) => run('get', ...parameters),
      run: (...parameters: unknown[]) => run('run', ...parameters),
      later: (...parameters: unknown[]) => run('later', ...parameters),
      append: (...parameters: unknown[]) => run('append', ...parameters),
      flush: () => run('flush'),
    } as Writer
  }
}

/** A store whose `write` is another. */
function withWrite(store: Store, wrap: (write: Store['write']) => unknown): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return name === 'write' ? wrap(value.bind(target)) : value.bind(target)
    },
  })
}

/** Asks again and again, with a breath in between, until something holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await scheduler.wait(2)
}
