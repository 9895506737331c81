import { setTimeout as delay } from 'node:timers/promises'
import { processorTime } from './processors.ts'

/** Milliseconds in which next to nothing is computed by what is quiet. */
const WATCHED = 200
/** Microseconds of that which it may use: one tick of the clock that Linux counts processor time by. */
const NEXT_TO_NOTHING = 10_000
/** Milliseconds that a server may go on for after a round. */
const SERVER_WITHIN = 60_000
/** The same of PostgreSQL's own work, such as a vacuum, after a round and in all of a run. */
const POSTGRES_WITHIN = 10_000
const POSTGRES_WITHIN_ALL = 180_000

let waitedForPostgres = 0

export interface Quiet {
  /** Seconds that the server went on computing for. */
  readonly wentOn: number
  /** False where it still does. */
  readonly server: boolean
  readonly postgres: boolean
}

/**
 * Waits until a server and PostgreSQL have ended what they are at, so that the next one that is measured has the cores to
 * itself: a server computes on what a client has asked for, whether that still waits or not.
 */
export async function untilQuiet(
  served: { readonly pid: number | undefined; figures(): Promise<{ readonly cpu: number }> },
  postmaster: number | undefined,
): Promise<Quiet> {
  const start = performance.now()
  // Both are watched at once: when they are quiet, as they mostly are, it takes no longer than one.
  const [server, postgres] = await Promise.all([
    quietWithin(SERVER_WITHIN, async () => processorTime(served.pid) ?? (await served.figures()).cpu),
    postmaster === undefined
      ? { quiet: true, since: start }
      : quietWithin(Math.min(POSTGRES_WITHIN, POSTGRES_WITHIN_ALL - waitedForPostgres), async () =>
          processorTime(postmaster),
        ),
  ])
  waitedForPostgres += Math.max(0, postgres.since - start)
  return { wentOn: (server.since - start) / 1_000, server: server.quiet, postgres: postgres.quiet }
}

/** Whether so little processor time is used within so many milliseconds, and since when. */
async function quietWithin(
  milliseconds: number,
  used: () => Promise<number | undefined>,
): Promise<{ quiet: boolean; since: number }> {
  const until = performance.now() + milliseconds
  let before = (await used()) ?? 0
  let since = performance.now()
  for (;;) {
    await delay(WATCHED)
    const now = (await used()) ?? 0
    if (now - before <= NEXT_TO_NOTHING) return { quiet: true, since }
    before = now
    since = performance.now()
    if (since > until) return { quiet: false, since }
  }
}
