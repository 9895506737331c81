import type { Reader, Scope, Store, Writer } from '../../src/store/store.ts'

/** Notes every statement that the floors above the store run. */
export class Statements {
  readonly texts: string[] = []
  /** Statements that have not been answered yet. */
  underWay = 0
  #fault: { readonly pattern: RegExp; readonly error: unknown } | undefined

  readonly wrap = (store: Store): Store => this.#watch(store)

  /** The next statement that matches fails instead of being run. */
  fail(pattern: RegExp, error: unknown): void {
    this.#fault = { pattern, error }
  }

  /** What `act` ran, in order. */
  async during(act: () => Promise<unknown>): Promise<string[]> {
    this.texts.length = 0
    await act()
    return [...this.texts]
  }

  #watch<T extends Reader>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        if (name === 'write') {
          const write = value.bind(target) as Store['write']
          return (work: (writer: Writer) => Promise<unknown>, scope?: Scope) =>
            write((writer) => work(this.#watch(writer)), scope)
        }
        if (name !== 'all' && name !== 'get' && name !== 'run') return value.bind(target)
        return async (statement: { text: string }, parameters: unknown) => {
          this.texts.push(statement.text.replaceAll(/\s+/g, ' ').trim())
          const fault = this.#fault
          if (fault?.pattern.test(statement.text)) {
            this.#fault = undefined
            throw fault.error
          }
          this.underWay += 1
          try {
            return await value.call(target, statement, parameters)
          } finally {
            this.underWay -= 1
          }
        }
      },
    })
  }
}

/** Those that read or write memberships, whatever for. */
export function aboutMembers(texts: readonly string[]): string[] {
  return texts.filter((text) => text.includes('{memberships}') || /from \{people\}/.test(text))
}
