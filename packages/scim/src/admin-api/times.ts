import { toDateTime } from '../base/clock.ts'
import { REASONS } from './reasons.ts'
import { AdminRefused } from './refusals.ts'

type Timed<T, K extends keyof T> = Omit<T, K> & {
  readonly [P in K]: null extends T[P] ? string | null : string
}

/** An object with some of its times, in milliseconds, as texts. */
export function withTimes<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Timed<T, K> {
  const timed = { ...object } as Record<PropertyKey, unknown>
  for (const key of keys) timed[key] = timeText(object[key] as number | null)
  return timed as Timed<T, K>
}

export function timeText(at: number): string
export function timeText(at: number | null | undefined): string | null
export function timeText(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : toDateTime(at)
}

/** A text that its schema has checked, in milliseconds. */
export function milliseconds(time: string): number
export function milliseconds(time: string | undefined): number | undefined
export function milliseconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time)
}

/** Milliseconds from now until a moment to come. */
export function lifetimeOf(expiresAt: string | undefined, now: number): number | undefined {
  if (expiresAt === undefined) return undefined
  const lifetime = Date.parse(expiresAt) - now
  if (lifetime > 0) return lifetime
  const problems = [{ path: 'expiresAt', reason: REASONS.past }]
  throw new AdminRefused('invalid_request', { count: 1 }, { problems })
}
