import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { ResourceType, Schema } from '../schemas/attribute.ts'
import { setOnce } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const urnPrefixedKeys: DialectRule<JsonObject, ResourceType> = {
  name: 'urn-prefixed-keys',
  description:
    'A key with the URN of its schema, such as `urn:…:enterprise:2.0:User:department`, reads as the attribute in its ' +
    "place; the core schema's URN as a key reads as the resource itself.",
  seen: 'Entra with aadOptscim062020',
  read: (resource, type) => {
    if (!Object.keys(resource).some((key) => isPrefixed(key, type))) return undefined
    const read = new Map<string, Json>()
    for (const [key, value] of Object.entries(resource)) place(read, key, value, type)
    return Object.fromEntries(read)
  },
}

function isPrefixed(key: string, type: ResourceType): boolean {
  return (
    isUrn(key, type.schema) || [type.schema, ...type.extensions].some((schema) => behindUrn(key, schema) !== undefined)
  )
}

function place(target: Map<string, Json>, key: string, value: Json, type: ResourceType): void {
  if (isUrn(key, type.schema) && isObject(value)) {
    for (const [name, item] of Object.entries(value)) setOnce(target, name, item)
    return
  }
  for (const extension of type.extensions) {
    const name = behindUrn(key, extension)
    const values = name === undefined ? value : { [name]: value }
    if ((name !== undefined || isUrn(key, extension)) && isObject(values)) {
      placeIn(target, extension.id, values)
      return
    }
  }
  setOnce(target, behindUrn(key, type.schema) ?? key, value)
}

function placeIn(target: Map<string, Json>, id: string, values: JsonObject): void {
  const held = target.has(id) ? (target.get(id) as Json) : {}
  if (!isObject(held)) throw refuse('invalid_syntax', `"${id}" is given twice, once not as an object.`)
  const merged = new Map(Object.entries(held))
  for (const [name, value] of Object.entries(values)) setOnce(merged, name, value)
  target.set(id, Object.fromEntries(merged))
}

function isUrn(key: string, schema: Schema): boolean {
  return key.toLowerCase() === schema.id.toLowerCase()
}

function behindUrn(key: string, schema: Schema): string | undefined {
  const prefix = `${schema.id}:`
  return key.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase() ? key.slice(prefix.length) : undefined
}
