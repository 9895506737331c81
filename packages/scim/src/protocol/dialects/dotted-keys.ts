import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { ResourceType } from '../schemas/attribute.ts'
import { findAttribute, findExtension, readName } from '../schemas/names.ts'
import { setOnce } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const dottedKeys: DialectRule<JsonObject, ResourceType> = {
  name: 'dotted-keys',
  description: {
    en: 'A key such as `name.familyName` reads as the sub-attribute in its place.',
    de: 'Ein Schlüssel wie `name.familyName` gilt als das Unterattribut an seinem Platz.',
  },
  seen: 'Entra with aadOptscim062020',
  read: (resource, type) => {
    const top = nest(resource, type, '')
    const inner = new Map(Object.entries(top ?? resource))
    let changed = top !== undefined
    for (const [key, value] of inner) {
      if (findExtension(type, key) === undefined || !isObject(value)) continue
      const nested = nest(value, type, `${key}:`)
      if (nested === undefined) continue
      inner.set(key, nested)
      changed = true
    }
    return changed ? Object.fromEntries(inner) : undefined
  },
}

function nest(object: JsonObject, type: ResourceType, urn: string): JsonObject | undefined {
  const keys = Object.keys(object)
  if (!keys.some((key) => splitKey(key, type, urn) !== undefined)) return undefined
  const nested = new Map<string, Json>()
  for (const key of keys) {
    const parts = splitKey(key, type, urn)
    const value = object[key] as Json
    if (parts === undefined) placeWhole(nested, key, value)
    else placeSub(nested, parts[0], parts[1], value)
  }
  return Object.fromEntries(nested)
}

/**
 * Attribute and sub-attribute of a dotted key. Those of multi-valued attributes are not for this rule: which of the
 * values `emails.value` means cannot be known.
 */
function splitKey(key: string, type: ResourceType, urn: string): readonly [string, string] | undefined {
  if (!key.includes('.')) return undefined
  const named = readName(type, urn + key)
  if (typeof named === 'string' || named.path.sub === undefined) return undefined
  const { sub, ...whole } = named.path
  return findAttribute(type, whole)?.multiValued === false ? [whole.attribute, sub] : undefined
}

function placeWhole(target: Map<string, Json>, key: string, value: Json): void {
  if (target.has(key) && isObject(value)) {
    for (const [sub, item] of Object.entries(value)) placeSub(target, key, sub, item)
  } else setOnce(target, key, value)
}

function placeSub(target: Map<string, Json>, attribute: string, sub: string, value: Json): void {
  const held = target.has(attribute) ? (target.get(attribute) as Json) : {}
  if (!isObject(held)) throw refuse('invalid_syntax', `"${attribute}" is given twice, once not as an object.`)
  const merged = new Map(Object.entries(held))
  setOnce(merged, sub, value)
  target.set(attribute, Object.fromEntries(merged))
}
