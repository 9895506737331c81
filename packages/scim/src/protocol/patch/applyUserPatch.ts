import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { AttributePath } from '../filter/ast.ts'
import { printPath } from '../filter/print.ts'
import type { Attribute } from '../schemas/attribute.ts'
import { findAttribute } from '../schemas/names.ts'
import { USER } from '../schemas/resourceTypes.ts'
import { changeValues, type Values, Work } from './multiValued.ts'
import type { UserOperation } from './operation.ts'
import { withinOperation } from './within.ts'

/** A record after operations. */
export interface AppliedUserPatch {
  readonly record: JsonObject
  /** Paths that were removed and have no value now, whether or not the record had one before. */
  readonly cleared: readonly string[]
  /** Dialect rules that only the record's state could tell the need of. */
  readonly rules: readonly string[]
}

/**
 * Applies operations to a record in the order sent (RFC 7644 §3.5.2). The record given is left as it is.
 */
export function applyUserOperations(current: JsonObject, operations: readonly UserOperation[]): AppliedUserPatch {
  const record = structuredClone(current)
  const removed = new Map<string, AttributePath>()
  const work = new Work()
  for (const operation of operations) {
    withinOperation(operation.index, undefined, () => applyOperation(record, operation, work))
    if (operation.op === 'remove') removed.set(printPath(operation.path), operation.path)
  }
  const cleared = [...removed].filter(([, path]) => !hasValue(record, path)).map(([text]) => text)
  return { record, cleared, rules: [...work.rules] }
}

function applyOperation(record: JsonObject, operation: UserOperation, work: Work): void {
  const { schema, attribute: name } = operation.path
  const attribute = findAttribute(USER, schema === undefined ? { attribute: name } : { schema, attribute: name })
  if (attribute === undefined) return
  const container = schema === undefined ? record : objectAt(record, schema)
  const value = attribute.multiValued
    ? changeList(attribute, own(container, name), operation, work)
    : changeSingle(own(container, name), operation)
  if (value === undefined) delete container[name]
  else container[name] = value
  if (schema === undefined) return
  if (Object.keys(container).length === 0) delete record[schema]
  else record[schema] = container
}

function changeList(
  attribute: Attribute,
  held: Json | undefined,
  operation: UserOperation,
  work: Work,
): Json | undefined {
  const values: Values = Array.isArray(held) ? held : []
  const changed = changeValues(attribute, values, operation, work)
  return changed.length === 0 ? undefined : [...changed]
}

/** RFC 7644 §3.5.2.1 and §3.5.2.3: of a complex value the sub-attributes that are not named stay. */
function changeSingle(held: Json | undefined, { op, path: { sub }, value }: UserOperation): Json | undefined {
  if (sub === undefined) {
    if (op === 'remove' || value === undefined) return undefined
    return isObject(held) && isObject(value) ? { ...held, ...value } : value
  }
  const object = isObject(held) ? { ...held } : {}
  if (op === 'remove' || value === undefined) delete object[sub]
  else object[sub] = value
  return Object.keys(object).length === 0 ? undefined : object
}

function hasValue(record: JsonObject, { schema, attribute, sub }: AttributePath): boolean {
  const value = own(schema === undefined ? record : objectAt(record, schema), attribute)
  if (sub === undefined || value === undefined) return value !== undefined
  return (Array.isArray(value) ? value : [value]).some((item) => isObject(item) && Object.hasOwn(item, sub))
}

function objectAt(record: JsonObject, key: string): JsonObject {
  const value = own(record, key)
  return isObject(value) ? value : {}
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
