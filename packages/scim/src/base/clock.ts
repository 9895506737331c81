/** Milliseconds since the epoch. Passed in, so that tests decide what time it is. */
export type Clock = () => number

export const systemClock: Clock = Date.now

/** `2026-01-31T12:00:00.000Z`: the dateTime of RFC 7643 §2.3.5. */
export function toDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
