const DAY = 86_400_000

export const LIFETIMES = [30, 90, 180, 365, 730] as const

/** The moment in so many days. */
export function inDays(days: number, now = Date.now()): string {
  return new Date(now + days * DAY).toISOString()
}
