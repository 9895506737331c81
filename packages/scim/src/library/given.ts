import { refuse } from '../base/errors.ts'

/**
 * What callers give need not be what the types say: it comes from files, columns and other languages. Refused rather than
 * guessed at: a limit of -1 would be no limit at all, a time that is no number the beginning of all times.
 */
export function limitOf(limit: number | undefined, fallback: number): number {
  if (limit === undefined) return fallback
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw refuse('invalid_value', `${shown(limit)} is no limit: it must be a whole number from 1 on.`)
  return limit
}

/** A position that an answer named. */
export function keyOf(after: number): number {
  if (!Number.isSafeInteger(after) || after < 0)
    throw refuse('invalid_value', `${shown(after)} is no position of an answer.`)
  return after
}

/** Milliseconds since the epoch. */
export function timeOf(at: number): number {
  if (!Number.isSafeInteger(at))
    throw refuse('invalid_value', `${shown(at)} is no time: it must be whole milliseconds since 1970.`)
  return at
}

export function textOf(what: string, text: string): string {
  if (typeof text !== 'string') throw refuse('invalid_value', `${what} must be a text, not ${shown(text)}.`)
  return text
}

/** A text that is shown: not blank, and without NUL, which PostgreSQL does not store. */
export function nameOf(what: string, text: string): string {
  if (textOf(what, text).trim() === '') throw refuse('invalid_value', `${what} must not be blank.`)
  if (text.includes('\0') || !text.isWellFormed())
    throw refuse('invalid_value', `${what} must not have NUL or half of a character in it.`)
  return text
}

/** One of the values that are possible. */
export function oneOf<T extends string>(what: string, value: T, possible: readonly T[]): T {
  if (!possible.includes(value))
    throw refuse('invalid_value', `${what} is one of ${possible.join(', ')}, not ${shown(value)}.`)
  return value
}

export function listOf<T>(what: string, list: readonly T[]): readonly T[] {
  if (!Array.isArray(list)) throw refuse('invalid_value', `${what} must be a list, not ${shown(list)}.`)
  return list
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? 'a list' : String(value)
  return text.slice(0, 80)
}
