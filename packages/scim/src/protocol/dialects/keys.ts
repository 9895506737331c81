import { refuse } from '../../base/errors.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import type { ResourceType } from '../schemas/attribute.ts'
import { COMMON_ATTRIBUTES } from '../schemas/common.ts'
import { GROUP, USER } from '../schemas/resourceTypes.ts'

/** Canonical names by their lower-case form. */
export type NameIndex = ReadonlyMap<string, string>

export function indexNames(names: readonly string[]): NameIndex {
  return new Map(names.map((name) => [name.toLowerCase(), name]))
}

/** The keys that a resource of the type can have: attributes and the URNs of extensions. */
export const RESOURCE_KEYS: Readonly<Record<ResourceType['name'], NameIndex>> = {
  Group: indexResourceKeys(GROUP),
  User: indexResourceKeys(USER),
}

function indexResourceKeys(type: ResourceType): NameIndex {
  const attributes = [...type.schema.attributes, ...COMMON_ATTRIBUTES].map(({ name }) => name)
  return indexNames([...attributes, ...type.extensions.map(({ id }) => id)])
}

/** The object with its keys renamed, or undefined if no key changes. Two keys that become one are refused. */
export function renameKeys(object: JsonObject, rename: (key: string) => string): JsonObject | undefined {
  const keys = Object.keys(object)
  if (keys.every((key) => rename(key) === key)) return undefined
  const renamed = new Map<string, Json>()
  for (const key of keys) setOnce(renamed, rename(key), object[key] as Json)
  return Object.fromEntries(renamed)
}

/** Sets a key that must not be there yet: which of two values is meant would be a guess. */
export function setOnce(target: Map<string, Json>, key: string, value: Json): void {
  if (target.has(key)) throw refuse('invalid_syntax', `"${key}" is given twice, in two spellings.`)
  target.set(key, value)
}

/** The object without some of its keys. */
export function withoutKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}
