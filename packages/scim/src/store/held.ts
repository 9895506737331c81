interface Row {
  readonly key: number
  readonly id: string
}

/**
 * Groups and people that a transaction holds for several pieces of work: read and locked with one statement for all, and
 * kept true by whoever writes them (`groups.ts`, `people.ts`). What is not in it is asked of the database.
 */
export class Held {
  readonly #groups = new Map<string, Row>()
  readonly #names = new Map<number, string>()
  readonly #people = new Map<string, Row>()

  group(workspace: number, id: string): Row | undefined {
    return this.#groups.get(nameOf(workspace, id))
  }

  keepGroup(workspace: number, row: Row): void {
    const name = nameOf(workspace, row.id)
    this.#groups.set(name, row)
    this.#names.set(row.key, name)
  }

  changeGroup(key: number, changes: object): void {
    const name = this.#names.get(key) ?? ''
    const row = this.#groups.get(name)
    if (row) this.#groups.set(name, { ...row, ...changes })
  }

  forgetGroup(key: number): void {
    this.#groups.delete(this.#names.get(key) ?? '')
  }

  person(workspace: number, id: string): Row | undefined {
    return this.#people.get(nameOf(workspace, id))
  }

  keepPerson(workspace: number, row: Row): void {
    this.#people.set(nameOf(workspace, row.id), row)
  }
}

function nameOf(workspace: number, id: string): string {
  return `${workspace} ${id}`
}
