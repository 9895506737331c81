import { ScimError } from '../base/errors.ts'
import type { Page } from './schemas/common.ts'

/** Items of a page where nothing else is asked for. */
export const PAGE = 100

/** A place in a list, as callers hand it back: opaque, so that nobody builds on what it is. */
export function toNext(place: string | number | undefined | null): string | null {
  return place === undefined || place === null ? null : Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function placeOf(after: string | undefined, kind: 'text'): string | undefined
export function placeOf(after: string | undefined, kind: 'number'): number | undefined
export function placeOf(after: string | undefined, kind: 'text' | 'number'): string | number | undefined {
  if (after === undefined) return undefined
  const place = parse(after)
  if (kind === 'text' && typeof place === 'string' && place !== '' && isStorable(place)) return place
  if (kind === 'number' && typeof place === 'number' && Number.isSafeInteger(place) && place >= 0) return place
  throw new ScimError('invalid_cursor')
}

/** A page of rows that are read one more than are wanted, so that the last is known to be the last. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => string | number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), next: rows.length > limit && last !== undefined ? toNext(place(last)) : null }
}

function parse(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString())
  } catch {
    return undefined
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
