import type { Change, Scim } from '../../src/index.ts'

/** Somebody who keeps effective memberships by the feed alone. */
export class Consumer {
  readonly pairs: Set<string>
  position: string | undefined
  readonly #scim: Scim
  readonly #workspace: string

  constructor(scim: Scim, workspace: string, pairs: Iterable<string> = [], position?: string) {
    this.#scim = scim
    this.#workspace = workspace
    this.pairs = new Set(pairs)
    this.position = position
  }

  /** One that goes on from where this one is, with what this one knows. */
  resume(): Consumer {
    return new Consumer(this.#scim, this.#workspace, this.pairs, this.position)
  }

  /** One page; answers its changes and whether there are more. */
  async page(limit?: number): Promise<{ changes: Change[]; more: boolean }> {
    const { changes, position, more } = await this.#scim.changes.read(this.#workspace, {
      after: this.position,
      ...(limit !== undefined && { limit }),
    })
    for (const change of changes) this.#apply(change)
    this.position = position
    return { changes, more }
  }

  /** Everything up to the end. */
  async follow(limit?: number): Promise<Change[]> {
    const all: Change[] = []
    for (let more = true; more; ) {
      const page = await this.page(limit)
      all.push(...page.changes)
      more = page.more
    }
    return all
  }

  #apply({ kind, group, memberships }: Change): void {
    if (kind === 'group_deleted')
      for (const pair of this.pairs) if (pair.startsWith(`${group?.id} `)) this.pairs.delete(pair)
    for (const { group: id, person, effective } of memberships) {
      if (effective) this.pairs.add(`${id} ${person}`)
      else this.pairs.delete(`${id} ${person}`)
    }
  }
}

/** Every effective membership, as `groups.members` answers. */
export async function effectivePairs(scim: Scim, workspace: string, limit = 2): Promise<string[]> {
  const pairs: string[] = []
  for (const { id } of await scim.groups.list(workspace, { limit: 1_000 })) {
    let after: string | undefined
    do {
      const page = await scim.groups.members(workspace, id, { after, limit })
      pairs.push(...page.members.map((member) => `${id} ${member.id}`))
      after = page.next
    } while (after !== undefined)
  }
  return pairs.sort()
}

/** What a change says, in short: kind, group's name, then people with + where effective and - where not. */
export function told(changes: readonly Change[], names: Readonly<Record<string, string>> = {}): string[] {
  return changes.map(({ kind, group, memberships }) =>
    [
      kind,
      ...(group ? [group.displayName] : []),
      ...memberships.map(({ person, effective }) => (effective ? '+' : '-') + (names[person] ?? person)),
    ].join(' '),
  )
}
