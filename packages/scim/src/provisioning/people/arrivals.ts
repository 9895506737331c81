import type { GroupRow } from '../../store/groups.ts'
import { membershipsByGroup } from '../../store/memberships.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import { recordGroupChange } from '../groups/changes.ts'

/** Memberships that have an account behind them only now, gathered so that each group gets one change. */
export class Arrivals {
  readonly #people: number[] = []
  readonly #gained = new Map<number, { readonly group: GroupRow; readonly people: number[] }>()

  /** All memberships of a person. */
  add(person: number): void {
    this.#people.push(person)
  }

  /** Those in some groups alone; the person's others had an account behind them before. */
  gain(person: number, groups: readonly GroupRow[]): void {
    for (const group of groups) this.#enter(group, [person])
  }

  async record(writer: Writer, call: Call): Promise<void> {
    if (this.#people.length > 0) {
      for (const { group, people } of await membershipsByGroup(writer, call.workspace.key, this.#people))
        this.#enter(group, people)
    }
    for (const { group, people } of this.#gained.values()) {
      const resolved = people.map((person) => ({ person, operation: null }))
      await recordGroupChange(writer, call, group, { kind: 'members_resolved', people: resolved })
    }
  }

  #enter(group: GroupRow, people: readonly number[]): void {
    const entry = this.#gained.get(group.key)
    if (entry) entry.people.push(...people)
    else this.#gained.set(group.key, { group, people: [...people] })
  }
}
