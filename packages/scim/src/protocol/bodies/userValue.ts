import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { arrayForSingleValue } from '../dialects/array-for-single-value.ts'
import { attributeNameCase } from '../dialects/attribute-name-case.ts'
import { emptyStringAsAbsent } from '../dialects/empty-string-as-absent.ts'
import { indexNames } from '../dialects/keys.ts'
import type { Notes } from '../dialects/notes.ts'
import { numberForString } from '../dialects/number-for-string.ts'
import { objectForArray } from '../dialects/object-for-array.ts'
import { stringBooleans } from '../dialects/string-booleans.ts'
import { stringForComplexValue } from '../dialects/string-for-complex-value.ts'
import type { Attribute } from '../schemas/attribute.ts'

/**
 * What a sent value comes to in its attribute's type (RFC 7643 §2.3): a value, an explicit null or empty list (`clear`),
 * an empty string (`absent`), or something that the type cannot hold.
 */
export type UserValue =
  | { readonly kind: 'set'; readonly value: Json }
  | { readonly kind: 'clear' | 'absent' | 'illTyped' }

const CLEAR: UserValue = { kind: 'clear' }
const ABSENT: UserValue = { kind: 'absent' }
const ILL_TYPED: UserValue = { kind: 'illTyped' }

/** Reads the list of a multi-valued attribute (RFC 7643 §2.4); entries that cannot be read are named and left out. */
export function readList(attribute: Attribute, sent: Json, name: string, notes: Notes): UserValue {
  if (sent === null) return CLEAR
  if (sent === '') return emptied(sent, notes)
  const list = notes.apply(objectForArray, sent)
  if (!Array.isArray(list)) return ILL_TYPED
  if (list.length === 0) return CLEAR
  const entries = list.map((entry) => readElement(attribute, entry, name, notes))
  const values = entries.flatMap((entry) => (entry.kind === 'set' ? [entry.value] : []))
  const hasIllTyped = entries.some(({ kind }) => kind === 'illTyped')
  if (values.length > 0) {
    if (hasIllTyped) notes.ignore(name)
    return { kind: 'set', value: values }
  }
  return hasIllTyped ? ILL_TYPED : ABSENT
}

/** Reads one value of a multi-valued attribute. */
export function readElement(attribute: Attribute, sent: Json, name: string, notes: Notes): UserValue {
  if (attribute.type !== 'complex') return readSimple(attribute, sent, notes)
  const object = readObject(attribute, sent, notes)
  if ('kind' in object) return object
  const { set, emptied: without } = readSubAttributes(attribute, object.value, name, notes)
  if (without.has('value')) return ABSENT
  if (Object.keys(set).length > 0) return { kind: 'set', value: set }
  return without.size > 0 ? ABSENT : ILL_TYPED
}

/** The object that a complex value is sent as, with its sub-attributes still as sent; or what it is instead. */
export function readObject(
  attribute: Attribute,
  sent: Json,
  notes: Notes,
): { readonly value: JsonObject } | { readonly kind: 'clear' | 'absent' | 'illTyped' } {
  const single = notes.apply(arrayForSingleValue, sent)
  if (single === null || isEmptyList(single)) return { kind: 'clear' }
  if (single === '') return emptied(single, notes) as { readonly kind: 'absent' }
  const value = notes.apply(stringForComplexValue, single, attribute)
  return isObject(value) ? { value } : { kind: 'illTyped' }
}

/** Sub-attributes of a complex value: those with a value, and those sent as null (`clear`) or empty (`absent`). */
export interface SubAttributes {
  readonly set: JsonObject
  readonly emptied: ReadonlyMap<string, 'clear' | 'absent'>
}

/** Reads the sub-attributes of a complex value (RFC 7643 §2.3.8); unknown ones are named and left out. */
export function readSubAttributes(attribute: Attribute, sent: JsonObject, name: string, notes: Notes): SubAttributes {
  const set = new Map<string, Json>()
  const without = new Map<string, 'clear' | 'absent'>()
  const subAttributes = attribute.subAttributes ?? []
  const object = notes.apply(attributeNameCase, sent, indexNames(subAttributes.map((sub) => sub.name)))
  for (const [key, value] of Object.entries(object)) {
    const sub = subAttributes.find((candidate) => candidate.name === key)
    const read = sub === undefined ? ILL_TYPED : readSimple(sub, value, notes)
    if (read.kind === 'set') set.set(key, read.value)
    else if (read.kind === 'illTyped') notes.ignore(`${name}.${key}`)
    else without.set(key, read.kind)
  }
  return { set: Object.fromEntries(set), emptied: without }
}

/** Reads a single value that has no sub-attributes. */
export function readSimple(attribute: Attribute, sent: Json, notes: Notes): UserValue {
  const single = notes.apply(arrayForSingleValue, sent)
  if (single === null || isEmptyList(single)) return CLEAR
  if (single === '') return emptied(single, notes)
  const value = coerce(attribute, single, notes)
  return hasType(attribute, value) ? { kind: 'set', value } : ILL_TYPED
}

function coerce(attribute: Attribute, value: Json, notes: Notes): Json {
  if (attribute.type === 'boolean') return notes.apply(stringBooleans, value)
  return isText(attribute) ? notes.apply(numberForString, value) : value
}

function hasType(attribute: Attribute, value: Json): boolean {
  if (attribute.type === 'boolean') return typeof value === 'boolean'
  return isText(attribute) ? typeof value === 'string' : typeof value === 'number'
}

function isText({ type }: Attribute): boolean {
  return type === 'string' || type === 'reference' || type === 'binary' || type === 'dateTime'
}

function emptied(sent: Json, notes: Notes): UserValue {
  notes.apply(emptyStringAsAbsent, sent)
  return ABSENT
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0
}
