const MINUTE = 60_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000

/**
 * How long to wait before a process that ended is replaced: nothing after the first in a minute, then twice as long each time.
 * What ends again and again must not take the machine from what still works.
 */
export function pauseBefore(ends: readonly number[], now: number): number {
  const recent = ends.filter((end) => end > now - MINUTE).length
  return recent <= 1 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (recent - 2))
}
