import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { attributeNameCase } from '../dialects/attribute-name-case.ts'
import { indexNames } from '../dialects/keys.ts'
import type { Notes } from '../dialects/notes.ts'
import { withoutPasswords } from '../dialects/password.ts'
import type { AttributePath } from '../filter/ast.ts'
import { printPath } from '../filter/print.ts'
import type { Attribute, Schema } from '../schemas/attribute.ts'
import { findAttribute, findExtension } from '../schemas/names.ts'
import { USER } from '../schemas/resourceTypes.ts'
import { checkName } from './groupAttributes.ts'
import { readList, readObject, readSimple, readSubAttributes, type UserValue } from './userValue.ts'

/** What a body or a value says of one attribute: a value, that there is none (`clear`), or nothing (`absent`). */
export type Assignment =
  | { readonly kind: 'set'; readonly path: AttributePath; readonly value: Json }
  | { readonly kind: 'clear' | 'absent'; readonly path: AttributePath }

/** Set by the service (RFC 7643 §3.1, §4.1.2): passed over where a client sends it. */
const READ_ONLY = ['id', 'schemas', 'meta', 'groups']

export function isReadOnly({ schema, attribute }: AttributePath): boolean {
  return schema === undefined && READ_ONLY.includes(attribute)
}

/** The body without any password, which is named and nothing more. */
export function dropPasswords(sent: JsonObject, notes: Notes): JsonObject {
  const kept = withoutPasswords(sent)
  if (kept === sent || !isObject(kept)) return sent
  notes.ignore('password')
  return kept
}

/**
 * Reads the attributes of a resource whose keys have been read. What is unknown or cannot be read is named and passed
 * over: one attribute too many must not cost the others, least of all `active`. `readUnknown` may still find something
 * in a key that is no attribute.
 */
export function readUserAttributes(
  resource: JsonObject,
  notes: Notes,
  readUnknown: (key: string, value: Json) => void = (key) => notes.ignore(key),
): Assignment[] {
  return Object.entries(resource).flatMap(([key, value]) => {
    const extension = findExtension(USER, key)
    if (extension !== undefined) return readExtension(extension, value, notes)
    const attribute = findAttribute(USER, { attribute: key })
    if (attribute !== undefined) return readTopLevel(attribute, value, notes)
    readUnknown(key, value)
    return []
  })
}

function readTopLevel(attribute: Attribute, value: Json, notes: Notes): Assignment[] {
  const path = { attribute: attribute.name }
  if (!isReadOnly(path)) return readAttribute(attribute, path, value, notes)
  // `schemas` frames a body, and an id that differs is the caller's to refuse: neither is passed over.
  if (attribute.name === 'meta' || attribute.name === 'groups') notes.ignore(attribute.name)
  return []
}

/** Reads the object of an extension (RFC 7643 §3.3); null says that none of its attributes has a value. */
export function readExtension(extension: Schema, sent: Json, notes: Notes): Assignment[] {
  const { id, attributes } = extension
  if (sent === null) return attributes.map(({ name }) => ({ kind: 'clear', path: { schema: id, attribute: name } }))
  if (!isObject(sent)) {
    notes.ignore(id)
    return []
  }
  const object = notes.apply(attributeNameCase, sent, indexNames(attributes.map(({ name }) => name)))
  return Object.entries(object).flatMap(([key, value]) => {
    const attribute = attributes.find(({ name }) => name === key)
    if (attribute !== undefined) return readAttribute(attribute, { schema: id, attribute: key }, value, notes)
    notes.ignore(`${id}:${key}`)
    return []
  })
}

/** Reads the value of one attribute as a whole. */
export function readAttribute(attribute: Attribute, path: AttributePath, sent: Json, notes: Notes): Assignment[] {
  if (attribute.multiValued) return assign(path, readList(attribute, sent, printPath(path), notes), sent, notes)
  if (attribute.type !== 'complex') return assign(path, readSimple(attribute, sent, notes), sent, notes)
  const object = readObject(attribute, sent, notes)
  if ('kind' in object) return assign(path, object, sent, notes)
  return readComplex(attribute, path, object.value, notes)
}

function readComplex(attribute: Attribute, path: AttributePath, object: JsonObject, notes: Notes): Assignment[] {
  const { set, emptied } = readSubAttributes(attribute, object, printPath(path), notes)
  // `value` is what a complex value is about (RFC 7643 §2.4): without it, as in a manager with an empty one, none is left.
  const value = emptied.get('value')
  if (value !== undefined) return [{ kind: value, path }]
  const whole: Assignment[] = Object.keys(set).length === 0 ? [] : [{ kind: 'set', path, value: set }]
  return [...whole, ...[...emptied].map(([sub, kind]): Assignment => ({ kind, path: { ...path, sub } }))]
}

/** What a read value says of its attribute. `active` and `userName` decide too much to be passed over. */
export function assign(path: AttributePath, read: UserValue, sent: Json, notes: Notes): Assignment[] {
  if (path.schema === undefined && path.attribute === 'active') checkActive(read)
  if (path.schema === undefined && path.attribute === 'userName') checkName('userName', nameFrom(read, sent))
  if (read.kind === 'set') return [{ kind: 'set', path, value: read.value }]
  if (read.kind !== 'illTyped') return [{ kind: read.kind, path }]
  notes.ignore(printPath(path))
  return []
}

function checkActive({ kind }: UserValue): void {
  if (kind === 'clear' || kind === 'illTyped')
    throw refuse('invalid_value', '"active" is true or false; what was sent is neither.')
}

function nameFrom(read: UserValue, sent: Json): Json {
  return read.kind === 'set' ? read.value : read.kind === 'absent' ? '' : sent
}
