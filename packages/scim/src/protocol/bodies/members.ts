import { refuse, type ScimError } from '../../base/errors.ts'
import { isGroupId, isPersonId } from '../../base/ids.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { attributeNameCase } from '../dialects/attribute-name-case.ts'
import { indexNames } from '../dialects/keys.ts'
import type { Notes } from '../dialects/notes.ts'
import { nullReferenceInMember } from '../dialects/null-reference-in-member.ts'
import { objectForArray } from '../dialects/object-for-array.ts'
import { stringMember } from '../dialects/string-member.ts'
import { quote } from '../schemas/names.ts'
import { kindOf } from './kindOf.ts'

const NAMES = ['value', '$ref', 'display', 'type']
const KEYS = indexNames(NAMES)

/**
 * The ids of people who are to be members (RFC 7643 §4.2), without duplicates, in the order sent. Refuses groups and
 * whatever is not the id of a person.
 */
export function readMembers(value: Json, notes: Notes): string[] {
  return distinct(readEntries(value, notes).map(checkPerson))
}

/**
 * The ids of members to be removed. One that cannot be a member's is passed over, because it is certainly no member;
 * what is no id at all is refused, so that a removal that was not understood is never taken for another.
 */
export function readFormerMembers(value: Json, notes: Notes): string[] {
  return distinct(readEntries(value, notes).map(({ id }) => id))
}

/** Those of the ids that can be a person's. */
export function onlyPersonIds(ids: readonly string[]): string[] {
  return distinct(ids).filter(isPersonId)
}

interface Entry {
  readonly id: string
  readonly isGroup: boolean
}

function readEntries(value: Json, notes: Notes): Entry[] {
  const list = notes.apply(objectForArray, value)
  if (!Array.isArray(list)) throw refuse('invalid_value', `"members" is a list; ${kindOf(value)} was sent.`)
  return list.map((entry, index) => readEntry(entry, index, notes))
}

function readEntry(sent: Json, index: number, notes: Notes): Entry {
  const member = notes.apply(stringMember, sent)
  if (!isObject(member)) throw noId(index, sent)
  const { value, type } = readKeys(member, index, notes)
  if (typeof value !== 'string') throw noId(index, value)
  return { id: value, isGroup: isGroupId(value) || (typeof type === 'string' && type.toLowerCase() === 'group') }
}

function readKeys(sent: JsonObject, index: number, notes: Notes): JsonObject {
  const member = notes.apply(nullReferenceInMember, notes.apply(attributeNameCase, sent, KEYS))
  for (const key of Object.keys(member)) {
    if (NAMES.includes(key)) continue
    if (key.toLowerCase() === 'operation')
      throw refuse('invalid_value', `Member ${index + 1} has an "operation", which only a PATCH of SCIM 1.1 can have.`)
    notes.ignore(`members.${key}`)
  }
  // Own properties only: an entry without "value" must not inherit one.
  return { value: own(member, 'value'), type: own(member, 'type') }
}

function own(object: JsonObject, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null
}

function checkPerson({ id, isGroup }: Entry): string {
  if (isGroup)
    throw refuse(
      'invalid_value',
      `The member ${quote(id)} is a group; groups in groups (nested groups) are not supported.`,
    )
  if (isPersonId(id)) return id
  throw refuse(
    'invalid_value',
    `The member ${quote(id)} is not the id of a user: ids begin with "usr_" and come from GET /Users.`,
  )
}

function noId(index: number, sent: Json | undefined): ScimError {
  return refuse(
    'invalid_value',
    `Member ${index + 1} has no id: its "value" has to be a text, and ${kindOf(sent)} was sent. Nothing was changed.`,
  )
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
