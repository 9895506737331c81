import { toDateTime } from '../base/clock.ts'
import { fold } from '../base/fold.ts'
import { isObject, type Json, type JsonObject } from '../base/json.ts'
import { readDateTime } from './filter/dateTime.ts'
import type { Attribute, ResourceType } from './schemas/attribute.ts'

/** What the schema lists and the store keeps elsewhere than in the document. */
const KEPT_ELSEWHERE: ReadonlySet<string> = new Set(['groups'])

/**
 * The copy of a resource that filters and sorting read (RFC 7644 §3.4.2.2, §3.4.2.3), so that comparing needs no more than
 * comparing texts: texts of attributes that are not case exact are folded, dateTimes are in UTC with milliseconds, and a
 * multi-valued attribute is always an array. `id`, `schemas`, `meta` and `groups` are not in it, nor is a value of another
 * type than its attribute's, which equals nothing.
 */
export function searchDocument(view: JsonObject, type: ResourceType): JsonObject {
  const document = copyAttributes(
    view,
    type.schema.attributes.filter(({ name }) => !KEPT_ELSEWHERE.has(name)),
  )
  for (const { id, attributes } of type.extensions) {
    const extension = own(view, id)
    if (isObject(extension)) document[id] = copyAttributes(extension, attributes)
  }
  return document
}

function copyAttributes(source: JsonObject, attributes: readonly Attribute[]): JsonObject {
  const copy: JsonObject = {}
  for (const attribute of attributes) {
    const value = copyAttribute(attribute, own(source, attribute.name))
    if (value !== undefined) copy[attribute.name] = value
  }
  return copy
}

function copyAttribute(attribute: Attribute, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (!attribute.multiValued) return copyValue(attribute, value)
  const values = Array.isArray(value) ? value : [value]
  return values.map((element) => copyValue(attribute, element)).filter((element) => element !== undefined)
}

function copyValue(attribute: Attribute, value: Json): Json | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
    case 'binary':
      if (typeof value !== 'string') return undefined
      return attribute.caseExact ? value : fold(value)
    case 'dateTime':
      return typeof value === 'string' ? toUtc(value) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'decimal':
    case 'integer':
      return typeof value === 'number' ? value : undefined
    case 'complex':
      return isObject(value) ? copyAttributes(value, attribute.subAttributes ?? []) : undefined
  }
}

function toUtc(text: string): string | undefined {
  const instant = readDateTime(text)
  return instant === undefined ? undefined : toDateTime(instant)
}

function own(source: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(source, key) ? source[key] : undefined
}
