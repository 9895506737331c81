import { createHash } from 'node:crypto'
import { ScimError } from '../../base/errors.ts'
import { isObject, type Json } from '../../base/json.ts'
import { MAX_COUNT } from '../../protocol/messages.ts'
import type { Position, SortKey } from './sort.ts'

/** What a cursor carries (RFC 9865): the last resource of a page, the size of pages, and which list it belongs to. */
export interface Cursor {
  readonly list: string
  readonly count: number
  readonly position: Position
}

/** A sort key of 1,024 characters of four bytes, or of as many escapes, takes up to 8,300. */
const MAX_LENGTH = 12_288
/** 96 bits: a cursor used with another list by mistake is noticed; one that is forged stays within its caller's list. */
const LIST_CHARACTERS = 16

/** A short text that differs between lists: workspace, filter, order and whatever else makes one. */
export function listHash(parts: readonly Json[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LIST_CHARACTERS)
}

/** Names are short because cursors travel in URLs. */
export function writeCursor({ list, count, position }: Cursor): string {
  const { id, key } = position
  return Buffer.from(JSON.stringify({ l: list, n: count, i: id, k: key })).toString('base64url')
}

/** Reads a cursor of the list given; refuses any other, and what is none, with `invalidCursor` (RFC 9865 §2). */
export function readCursor(text: string, list: string, key: SortKey | undefined): Cursor {
  const { l, n, i, k } = fieldsOf(text)
  if (l !== list || !isCount(n) || !isStorable(i) || !isKey(k, key)) throw new ScimError('invalid_cursor')
  return { list, count: n, position: k === undefined ? { id: i } : { id: i, key: k } }
}

type Fields = Readonly<Record<'l' | 'n' | 'i' | 'k', Json | undefined>>

function fieldsOf(text: string): Fields {
  if (text.length > MAX_LENGTH || !/^[\w-]+$/.test(text)) throw new ScimError('invalid_cursor')
  let fields: Json
  try {
    fields = JSON.parse(Buffer.from(text, 'base64url').toString()) as Json
  } catch {
    throw new ScimError('invalid_cursor')
  }
  if (!isObject(fields)) throw new ScimError('invalid_cursor')
  const { l, n, i, k } = fields
  return { l, n, i, k }
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_COUNT
}

function isKey(value: Json | undefined, key: SortKey | undefined): value is string | number | null | undefined {
  if (key === undefined) return value === undefined
  if (value === null) return key.nullable
  return key.type === 'text' ? isStorable(value) : Number.isSafeInteger(value)
}

// PostgreSQL cannot be asked about texts that it cannot store.
function isStorable(value: Json | undefined): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
}
