import type { JsonObject } from '../../base/json.ts'
import type { ResourceType } from '../schemas/attribute.ts'
import { attributeNameCase } from './attribute-name-case.ts'
import { dottedKeys } from './dotted-keys.ts'
import { RESOURCE_KEYS, renameKeys } from './keys.ts'
import { legacySchemaUrn } from './legacy-schema-urn.ts'
import type { Notes } from './notes.ts'
import { urnPrefixedKeys } from './urn-prefixed-keys.ts'

/** A resource, or a part of one, with each known key in the place and spelling that RFC 7643 gives it. */
export function readResourceKeys(resource: JsonObject, type: ResourceType, notes: Notes): JsonObject {
  const current = renameKeys(resource, (key) => notes.apply(legacySchemaUrn, key, type)) ?? resource
  const unprefixed = notes.apply(urnPrefixedKeys, current, type)
  const named = notes.apply(attributeNameCase, unprefixed, RESOURCE_KEYS[type.name])
  return notes.apply(dottedKeys, named, type)
}
