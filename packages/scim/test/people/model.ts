import { fold } from '../../src/base/fold.ts'

/** What a person of the model is: as in the store, and as little. */
interface Person {
  id: string
  readonly aliases: Set<string>
  state: 'unresolved' | 'pending' | 'account'
  /** The account's own. */
  own: string | undefined
  verified: ReadonlySet<string>
  /** What the provider wrote. */
  userName: string | undefined
  active: boolean | undefined
}

export interface Row {
  readonly id?: string
  readonly userName: string
  readonly verified: readonly string[]
}

export type Shown = { readonly id: string; readonly userName: string; readonly active: boolean }

/**
 * People and memberships of one workspace as DESIGN.md 3.4, 4.1 and 4.2 have them, without thought of cost: every
 * question is a walk over everybody. Methods answer the status that SCIM should, or whether the host's rows are accepted.
 */
export class Model {
  people: Person[] = []
  readonly groups = new Map<string, Set<Person>>()

  users(): Shown[] {
    return this.people
      .filter(isShown)
      .map((person) => ({ id: person.id, userName: viewName(person), active: person.active ?? true }))
  }

  states(group: string): Record<string, string> {
    const members = [...(this.groups.get(group) ?? [])]
    return Object.fromEntries(members.map((person) => [person.id, stateOf(person)]))
  }

  finds(userName: string): string[] {
    const person = this.#meant(userName)
    return person ? [person.id] : []
  }

  /** `id` is what the service has given the new person. */
  post(userName: string, id: string): number {
    if (this.#meant(userName)) return 409
    this.people.push({ ...this.#stranger(id), state: 'pending', userName })
    return 201
  }

  put(id: string, { userName, active }: { userName?: string | undefined; active?: boolean | undefined }): number {
    const person = this.#find(id)
    if (!person || !isShown(person)) return 404
    const holder = userName === undefined ? undefined : this.#holder(userName)
    if (holder && holder !== person) return 409
    if (userName !== undefined) person.userName = userName
    if (active !== undefined) person.active = active
    return 200
  }

  delete(id: string): number {
    const person = this.#find(id)
    if (!person || !isShown(person)) return 404
    for (const members of this.groups.values()) members.delete(person)
    person.userName = undefined
    person.active = undefined
    if (person.state === 'pending') person.state = 'unresolved'
    return 204
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const person = this.#find(id)
      if (person && isShown(person))
        Object.assign(person, {
          state: 'unresolved',
          own: undefined,
          verified: new Set(),
          userName: undefined,
          active: undefined,
        })
    }
  }

  changeMembers(group: string, op: 'add' | 'remove' | 'replace', ids: readonly string[]): void {
    const members = this.groups.get(group) as Set<Person>
    if (op === 'remove') {
      for (const id of ids) members.delete(this.#find(id) as Person)
      return
    }
    const named = ids.map((id) => this.#find(id) ?? this.#meet(id))
    if (op === 'replace') members.clear()
    for (const person of named) members.add(person)
  }

  /** Undefined where the rows are refused; else the ids, where `undefined` is somebody new who had no id. */
  upsert(rows: readonly Row[]): ((newIds: readonly string[]) => void) | undefined {
    if (hasTwice(rows.map(({ userName }) => fold(userName))) || hasTwice(rows.flatMap(({ id }) => id ?? [])))
      return undefined
    if (rows.some(({ id }) => id !== undefined && this.people.some(({ aliases }) => aliases.has(id)))) return undefined
    const fates = rows.map((row) => ({ row, before: this.#before(row, rows) }))
    if (fates.some(({ row, before }) => (this.#owner(row, rows) ?? before) !== before)) return undefined
    const taken = new Set(fates.map(({ before }) => before))
    const claimed = fates.map(({ row }) => this.#claimed(row, rows, taken))
    return (newIds) => {
      for (const [index, { row, before }] of fates.entries()) this.#yield(row, [before, claimed[index]])
      for (const [index, { row, before }] of fates.entries())
        this.#become(row, before, claimed[index], newIds[index] as string)
    }
  }

  #before({ id, userName }: Row, rows: readonly Row[]): Person | undefined {
    return id === undefined ? this.#owner({ userName }, rows) : this.people.find((person) => person.id === id)
  }

  /** The account that has the name itself, unless a row gives it another. */
  #owner({ userName }: Pick<Row, 'userName'>, rows: readonly Row[]): Person | undefined {
    const owner = this.people.find(({ own }) => own !== undefined && fold(own) === fold(userName))
    const renamed = rows.some(({ id, userName: other }) => id === owner?.id && fold(other) !== fold(userName))
    return renamed ? undefined : owner
  }

  #claimed(row: Row, rows: readonly Row[], taken: ReadonlySet<Person | undefined>): Person | undefined {
    const candidates = (verified: Iterable<string>) => {
      const addresses = new Set([...verified].map(fold))
      return this.people.filter(
        (person) =>
          person.state === 'pending' &&
          !taken.has(person) &&
          person.userName !== undefined &&
          addresses.has(fold(person.userName)),
      )
    }
    const [only, ...more] = candidates(row.verified)
    if (!only || more.length > 0) return undefined
    const others = this.people.filter((person) => person.state === 'account' && !taken.has(person))
    const claimants = [...rows, ...others].filter(({ verified }) => candidates(verified).includes(only))
    return claimants.length === 1 ? only : undefined
  }

  #yield({ userName }: Row, own: readonly (Person | undefined)[]): void {
    for (const person of this.people)
      if (!own.includes(person) && person.userName !== undefined && fold(person.userName) === fold(userName))
        person.userName = undefined
  }

  #become(row: Row, before: Person | undefined, claimed: Person | undefined, newId: string): void {
    const person = before ?? claimed ?? this.#meet(row.id ?? newId)
    if (before && claimed) this.#absorb(claimed, before)
    else if (claimed && row.id !== undefined) {
      claimed.aliases.add(claimed.id)
      claimed.id = row.id
    }
    Object.assign(person, { state: 'account', own: row.userName, verified: new Set(row.verified.map(fold)) })
  }

  #absorb(from: Person, into: Person): void {
    for (const members of this.groups.values()) if (members.delete(from)) members.add(into)
    for (const alias of [from.id, ...from.aliases]) into.aliases.add(alias)
    into.userName ??= from.userName
    into.active ??= from.active
    this.people = this.people.filter((person) => person !== from)
  }

  #find(id: string): Person | undefined {
    return this.people.find((person) => person.id === id) ?? this.people.find(({ aliases }) => aliases.has(id))
  }

  #holder(userName: string): Person | undefined {
    return this.people.find((person) =>
      [person.own, person.userName].some((name) => name !== undefined && fold(name) === fold(userName)),
    )
  }

  #meant(userName: string): Person | undefined {
    const holder = this.#holder(userName)
    if (holder) return holder
    const verified = this.people.filter((person) => person.verified.has(fold(userName)))
    return verified.length === 1 ? verified[0] : undefined
  }

  #meet(id: string): Person {
    const person = this.#stranger(id)
    this.people.push(person)
    return person
  }

  #stranger(id: string): Person {
    return {
      id,
      aliases: new Set(),
      state: 'unresolved',
      own: undefined,
      verified: new Set(),
      userName: undefined,
      active: undefined,
    }
  }
}

function isShown({ state }: Person): boolean {
  return state !== 'unresolved'
}

function viewName({ userName, own, id }: Person): string {
  return userName ?? own ?? id
}

function stateOf({ state, active }: Person): string {
  return state === 'account' ? (active === false ? 'suspended' : 'effective') : state
}

function hasTwice(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length
}
