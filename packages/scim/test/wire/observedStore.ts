import type { Parameters, Statement } from '../../src/store/statement.ts'
import type { Scope, Store, Writer } from '../../src/store/store.ts'

/** A store that tells which statements it was asked, and fails those that a test wants to fail. */
export class ObservedStore implements Store {
  readonly asked: string[] = []
  /** Called before each statement outside of transactions; what it throws is the store's fault. */
  onRead: (text: string) => void = () => {}
  /** Where set by `onRead`: what the statement waits for. */
  hold: Promise<unknown> | undefined
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  get location(): string {
    return this.#store.location
  }

  get dialect() {
    return this.#store.dialect
  }

  get counters() {
    return this.#store.counters
  }

  async all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    await this.#note(statement)
    return this.#store.all(statement, parameters)
  }

  async get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    await this.#note(statement)
    return this.#store.get(statement, parameters)
  }

  write<T>(work: (writer: Writer) => Promise<T>, scope?: Scope): Promise<T> {
    return this.#store.write(work, scope)
  }

  migrationStatus() {
    return this.#store.migrationStatus()
  }

  scrub: Store['scrub'] = (...given) => this.#store.scrub(...given)

  close(): Promise<void> {
    return this.#store.close()
  }

  /** The statements asked while `work` ran. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    this.asked.length = 0
    await work()
    return [...this.asked]
  }

  async #note({ text }: Statement): Promise<void> {
    this.asked.push(text)
    this.onRead(text)
    const { hold } = this
    this.hold = undefined
    await hold
  }
}
