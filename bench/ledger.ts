interface Known {
  readonly base: ReadonlySet<string>
  /** People added or removed since; undefined of those whose request has not been answered. */
  readonly later: Map<string, boolean | undefined>
}

/** What a server has acknowledged, to be held against what it has stored. */
export class Ledger {
  /** Whether a POST's members are there afterwards; undefined until the first group was made. */
  postKeepsMembers: boolean | undefined
  readonly #groups = new Map<string, Known>()

  /** A group has exactly these. */
  has(group: string, members: readonly string[]): void {
    this.#groups.set(group, { base: new Set(members), later: new Map() })
  }

  toggled(group: string, person: string, present: boolean): void {
    this.#groups.get(group)?.later.set(person, present)
  }

  /** A request for the person is under way; to be undone if it is refused. */
  unsure(group: string, person: string): () => void {
    const later = this.#groups.get(group)?.later
    const before = later?.get(person) ?? false
    later?.set(person, undefined)
    return () => later?.set(person, before)
  }

  /** A request that replaces the group is under way; to be undone if it is refused. */
  forget(group: string): () => void {
    const before = this.#groups.get(group)
    this.#groups.delete(group)
    return () => before && this.#groups.set(group, before)
  }

  /** Groups that something happened to since they were made come first. */
  groups(): string[] {
    const later = ([, known]: [string, Known]): number => (known.later.size === 0 ? 1 : 0)
    return [...this.#groups].sort((a, b) => later(a) - later(b)).map(([group]) => group)
  }

  /** How many memberships a group must have, and how many are missing, too many, or there twice. */
  compare(group: string, stored: readonly string[]): { acknowledged: number; differing: number } {
    const { base = new Set<string>(), later = new Map() } = this.#groups.get(group) ?? {}
    const left = new Set(stored)
    const unknown = [...later].filter(([, present]) => present === undefined).map(([person]) => person)
    for (const person of unknown) left.delete(person)
    const expected = new Set(base)
    for (const [person, present] of later) {
      if (present) expected.add(person)
      else expected.delete(person)
    }
    const twice = stored.length - new Set(stored).size
    let missing = 0
    for (const person of expected) if (!left.delete(person)) missing++
    return { acknowledged: expected.size, differing: missing + left.size + twice }
  }
}
