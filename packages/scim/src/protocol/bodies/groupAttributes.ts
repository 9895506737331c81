import { refuse } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { arrayForSingleValue } from '../dialects/array-for-single-value.ts'
import { emptyStringAsAbsent } from '../dialects/empty-string-as-absent.ts'
import type { Notes } from '../dialects/notes.ts'
import { kindOf } from './kindOf.ts'

/** The most characters, counted as code points, of a name or external identifier. */
export const MAX_TEXT_LENGTH = 1024

/** A group's `displayName` (RFC 7643 §4.2), which is required; it is kept verbatim. */
export function readDisplayName(sent: Json, notes: Notes): string {
  return checkName('displayName', notes.apply(arrayForSingleValue, sent))
}

/** Refuses what cannot be the name of a group or person: no text, blank, or too long. */
export function checkName(attribute: string, name: Json): string {
  if (typeof name !== 'string') throw refuse('invalid_value', `"${attribute}" is a text; ${kindOf(name)} was sent.`)
  if (name.trim() === '') throw refuse('invalid_value', `"${attribute}" is required and cannot be blank.`)
  return checkLength(attribute, name)
}

/** An empty list says, as null does, that there is no value (RFC 7643 §2.5). */
export function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0
}

/** A group's `externalId` (RFC 7643 §3.1), opaque and kept verbatim; null is no value. */
export function readExternalId(sent: Json, notes: Notes): string | null {
  if (isEmptyList(sent)) return null
  const single = notes.apply(arrayForSingleValue, sent)
  const externalId = notes.apply(emptyStringAsAbsent, single)
  if (externalId === null) return null
  if (typeof externalId !== 'string')
    throw refuse('invalid_value', `"externalId" is a text; ${kindOf(externalId)} was sent.`)
  return checkLength('externalId', externalId)
}

function checkLength(attribute: string, text: string): string {
  if (!isLongerThan(text, MAX_TEXT_LENGTH)) return text
  throw refuse('invalid_value', `"${attribute}" is longer than ${MAX_TEXT_LENGTH.toLocaleString('en')} characters.`)
}

// A code point is at most two UTF-16 units, so that long texts are told apart without being taken to pieces.
function isLongerThan(text: string, codePoints: number): boolean {
  return text.length > codePoints && (text.length > 2 * codePoints || [...text].length > codePoints)
}
