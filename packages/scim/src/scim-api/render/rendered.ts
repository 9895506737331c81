import type { GroupRow } from '../../store/groups.ts'

/** Bytes kept at the most, of all workspaces together; and of one group. */
const LIMIT = 16 * 1024 * 1024
const GROUP_LIMIT = 64 * 1024

interface Entry {
  readonly version: number
  readonly people: number
  readonly bytes: Uint8Array
}

/**
 * Groups as they were rendered in full, with their members, for lists: one of 100 groups with ten members each takes a
 * third of the time so. Kept as the bytes that are sent: joining and encoding texts anew was half of what was left. They hold
 * for the group's version and for the version of the workspace's people, whose names are in it; both are read for each list,
 * so that whatever another process writes is seen.
 */
export class RenderedGroups {
  readonly #entries = new Map<number, Entry>()
  #length = 0

  find({ key, version }: GroupRow, people: number): Uint8Array | undefined {
    const entry = this.#entries.get(key)
    if (entry?.version !== version || entry.people !== people) return undefined
    // The one that was asked for last goes last.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.bytes
  }

  keep({ key, version }: GroupRow, people: number, bytes: Uint8Array): void {
    this.#forget(key)
    if (bytes.length > GROUP_LIMIT) return
    this.#entries.set(key, { version, people, bytes })
    this.#length += bytes.length
    for (const oldest of this.#entries.keys()) {
      if (this.#length <= LIMIT) break
      this.#forget(oldest)
    }
  }

  #forget(key: number): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#length -= entry.bytes.length
    this.#entries.delete(key)
  }
}
