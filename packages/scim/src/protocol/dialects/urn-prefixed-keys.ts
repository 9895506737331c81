import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { ResourceType, Schema } from '../schemas/attribute.ts'
import { setOnce } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const urnPrefixedKeys: DialectRule<JsonObject, ResourceType> = {
  name: 'urn-prefixed-keys',
  description: {
    en:
      'A key with the URN of its schema, such as `urn:…:enterprise:2.0:User:department`, reads as the attribute in its ' +
      "place; the core schema's URN as a key reads as the resource itself.",
    de:
      'Ein Schlüssel mit der URN seines Schemas, etwa `urn:…:enterprise:2.0:User:department`, gilt als das ' +
      'Attribut an seinem Platz; die URN des Kernschemas als Schlüssel gilt als die Ressource selbst.',
  },
  seen: 'Entra with aadOptscim062020',
  read: (resource, type) => {
    if (!Object.keys(resource).some((key) => isPrefixed(key, type))) return undefined
    const placed: Placed = { core: new Map(), extensions: new Map() }
    for (const [key, value] of Object.entries(resource)) place(placed, key, value, type)
    for (const [id, values] of placed.extensions) setOnce(placed.core, id, Object.fromEntries(values))
    return Object.fromEntries(placed.core)
  },
}

interface Placed {
  readonly core: Map<string, Json>
  /** The attributes of extensions, by the URN of the extension. */
  readonly extensions: Map<string, Map<string, Json>>
}

function isPrefixed(key: string, type: ResourceType): boolean {
  return (
    isUrn(key, type.schema) || [type.schema, ...type.extensions].some((schema) => behindUrn(key, schema) !== undefined)
  )
}

function place(placed: Placed, key: string, value: Json, type: ResourceType): void {
  if (isUrn(key, type.schema) && isObject(value)) {
    for (const [name, item] of Object.entries(value)) setOnce(placed.core, name, item)
    return
  }
  for (const extension of type.extensions) {
    const name = behindUrn(key, extension)
    const values = name === undefined ? value : { [name]: value }
    if ((name !== undefined || isUrn(key, extension)) && isObject(values)) {
      placeIn(placed.extensions, extension.id, values)
      return
    }
  }
  setOnce(placed.core, behindUrn(key, type.schema) ?? key, value)
}

function placeIn(extensions: Placed['extensions'], id: string, values: JsonObject): void {
  const held = extensions.get(id) ?? new Map<string, Json>()
  for (const [name, value] of Object.entries(values)) setOnce(held, name, value)
  extensions.set(id, held)
}

function isUrn(key: string, schema: Schema): boolean {
  return key.toLowerCase() === schema.id.toLowerCase()
}

function behindUrn(key: string, schema: Schema): string | undefined {
  const prefix = `${schema.id}:`
  return key.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase() ? key.slice(prefix.length) : undefined
}
