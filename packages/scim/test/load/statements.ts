import type { Reader, Store, Writer } from '../../src/store/store.ts'

/** Notes every statement that the floors above the store run. */
export class Statements {
  readonly texts: string[] = []

  readonly wrap = (store: Store): Store => this.#watch(store)

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
          return (work: (writer: Writer) => Promise<unknown>) => write((writer) => work(this.#watch(writer)))
        }
        if (name !== 'all' && name !== 'get' && name !== 'run') return value.bind(target)
        return (statement: { text: string }, parameters: unknown) => {
          this.texts.push(statement.text.replaceAll(/\s+/g, ' ').trim())
          return value.call(target, statement, parameters)
        }
      },
    })
  }
}

/** Those that read or write memberships, whatever for. */
export function aboutMembers(texts: readonly string[]): string[] {
  return texts.filter((text) => text.includes('{memberships}') || /from \{people\}/.test(text))
}
