import type { GroupRow } from '../../store/groups.ts'

/** Characters kept at the most, of all workspaces together; and of one group. */
const LIMIT = 16 * 1024 * 1024
const GROUP_LIMIT = 64 * 1024

interface Entry {
  readonly version: number
  readonly people: number
  readonly text: string
}

/**
 * Groups as they were rendered in full, with their members, for lists: one of 100 groups with ten members each takes a
 * third of the time so. A text holds for the group's version and for the version of the workspace's people, whose names are in
 * it; both are read for each list, so that whatever another process writes is seen.
 */
export class RenderedGroups {
  readonly #entries = new Map<number, Entry>()
  #length = 0

  find({ key, version }: GroupRow, people: number): string | undefined {
    const entry = this.#entries.get(key)
    if (entry?.version !== version || entry.people !== people) return undefined
    // The one that was asked for last goes last.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.text
  }

  keep({ key, version }: GroupRow, people: number, text: string): void {
    this.#forget(key)
    if (text.length > GROUP_LIMIT) return
    this.#entries.set(key, { version, people, text })
    this.#length += text.length
    for (const oldest of this.#entries.keys()) {
      if (this.#length <= LIMIT) break
      this.#forget(oldest)
    }
  }

  #forget(key: number): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#length -= entry.text.length
    this.#entries.delete(key)
  }
}
