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
  readonly #unwritten = new Map<number, number>()
  readonly #lost = new Map<number, number>()

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

  /** A change that is written when the work is done, whatever else becomes of the group until then; false where it is not held. */
  postponeGroup(workspace: number, key: number, changes: object): boolean {
    if (!this.#groups.has(this.#names.get(key) ?? '')) return false
    this.changeGroup(key, changes)
    this.#unwritten.set(key, workspace)
    return true
  }

  /** Groups whose changes are to be written now, with their workspaces. */
  takeUnwritten(): [workspace: number, group: Row][] {
    const taken = [...this.#unwritten].flatMap(([key, workspace]): [number, Row][] => {
      const row = this.#groups.get(this.#names.get(key) ?? '')
      return row ? [[workspace, row]] : []
    })
    this.#unwritten.clear()
    return taken
  }

  forgetGroup(key: number): void {
    this.#unwritten.delete(key)
    this.#groups.delete(this.#names.get(key) ?? '')
  }

  /** Effective memberships that a group has lost in this transaction: their changes are not written yet. */
  lost(group: number): number {
    return this.#lost.get(group) ?? 0
  }

  addLost(group: number, count: number): void {
    this.#lost.set(group, this.lost(group) + count)
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
