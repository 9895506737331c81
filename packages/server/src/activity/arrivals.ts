import type { ListedEntry } from '../cli/library.ts'

/**
 * Entries bear the time at which their requests came, and those of reads are written a second later than those of writes:
 * so each look goes back this far, and passes over what was there before.
 */
const LATE_MILLISECONDS = 30_000

/** Answers a function that finds what has come since it was last called, and was not there `before`, the oldest first. */
export function arrivals(
  read: (after: string) => Promise<readonly ListedEntry[]>,
  before: readonly ListedEntry[],
): () => Promise<ListedEntry[]> {
  let known = new Map(before.map(({ id, at }) => [id, at]))
  let floor = before[0]?.id ?? ''
  return async () => {
    const found: ListedEntry[] = []
    for (let after = floor; ; ) {
      const page = await read(after)
      for (const entry of page) if (!known.has(entry.id)) found.push(entry)
      const last = page.at(-1)
      if (last === undefined || last.id === after) break
      after = last.id
    }
    for (const { id, at } of found) known.set(id, at)
    ;({ known, floor } = withoutOld(known, floor))
    return found
  }
}

/** Raises the floor to the newest entry that nothing can come before any more, and forgets what lies below. */
function withoutOld(known: Map<string, number>, floor: string): { known: Map<string, number>; floor: string } {
  const limit = Math.max(...known.values()) - LATE_MILLISECONDS
  const settled = [...known].filter(([, at]) => at < limit).map(([id]) => id)
  const raised = [floor, ...settled].sort().at(-1) ?? floor
  return { known: new Map([...known].filter(([id]) => id > raised)), floor: raised }
}
