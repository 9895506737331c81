import { compareCodePoints, fold } from '../../base/fold.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Attribute, ResourceType } from '../schemas/attribute.ts'
import { findAttribute } from '../schemas/names.ts'
import type { AttributePath, CompareOperator, Filter, FilterValue } from './ast.ts'
import { readDateTime } from './dateTime.ts'

/**
 * Whether a resource matches a filter (RFC 7644 §3.4.2.2). What a filter means, here and in SQL:
 *
 * - Texts compare folded where the attribute is not case exact, else as they are; their order is by code point. A
 *   dateTime compares as an instant. A stored value of another type than its attribute's equals nothing and has no order.
 * - An attribute is present if it is there, is not null and is not an empty array.
 * - A multi-valued attribute, or a sub-attribute of one, matches if any value matches.
 * - `ne` on a single-valued attribute is not(`eq`), so it is true where the attribute is absent. On a multi-valued one
 *   it is true if some value differs (a value without the sub-attribute does) or if there is no value at all.
 * - `eq null` is not(`pr`), `ne null` is `pr`. Any other comparison with an absent attribute is false.
 * - A value path is true if one value fulfils the whole inner filter; so it is false where there are none.
 * - `not` is plain negation: every filter is either true or false.
 */
export function evaluate(filter: Filter, resource: JsonObject, type: ResourceType): boolean {
  return matches(filter, {
    object: resource,
    find: (path) => findAttribute(type, path),
    isMultiValued: ({ schema, attribute }) =>
      findAttribute(type, schema === undefined ? { attribute } : { schema, attribute })?.multiValued === true,
  })
}

/** Whether one value of a complex attribute matches the filter in its brackets, by the rules of {@link evaluate}. */
export function evaluateValue(filter: Filter, value: JsonObject, attribute: Attribute): boolean {
  const find = (path: AttributePath) => attribute.subAttributes?.find(({ name }) => name === path.attribute)
  return matches(filter, { object: value, find, isMultiValued: (path) => find(path)?.multiValued === true })
}

/** An object with the attributes that may be asked of it. */
interface Subject {
  readonly object: JsonObject
  readonly find: (path: AttributePath) => Attribute | undefined
  /** Whether the attribute of a path, leaving its sub-attribute aside, is multi-valued. */
  readonly isMultiValued: (path: AttributePath) => boolean
}

function matches(filter: Filter, subject: Subject): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matches(operand, subject))
    case 'or':
      return filter.operands.some((operand) => matches(operand, subject))
    case 'not':
      return !matches(filter.operand, subject)
    case 'present':
      return valuesAt(subject, filter.path).some(isPresent)
    case 'compare':
      return compare(filter.operator, filter.value, filter.path, subject)
    case 'valuePath':
      return matchesSomeValue(filter.filter, filter.path, subject)
  }
}

function matchesSomeValue(filter: Filter, path: AttributePath, subject: Subject): boolean {
  const attribute = subject.find(path)
  if (attribute === undefined) return false
  return valuesAt(subject, path).some((value) => isObject(value) && evaluateValue(filter, value, attribute))
}

function compare(operator: CompareOperator, wanted: FilterValue, path: AttributePath, subject: Subject): boolean {
  const values = valuesAt(subject, path)
  if (wanted === null) return values.some(isPresent) === (operator === 'ne')
  const attribute = subject.find(path)
  if (attribute === undefined) return false
  const right = comparable(attribute, wanted)
  if (operator === 'ne') return values.length === 0 || values.some((value) => comparable(attribute, value) !== right)
  return values.some((value) => {
    const left = comparable(attribute, value)
    return left !== undefined && right !== undefined && TESTS[operator](left, right)
  })
}

type Comparable = string | number | boolean

const TESTS: Record<Exclude<CompareOperator, 'ne'>, (left: Comparable, right: Comparable) => boolean> = {
  eq: (left, right) => left === right,
  co: (left, right) => String(left).includes(String(right)),
  sw: (left, right) => String(left).startsWith(String(right)),
  ew: (left, right) => String(left).endsWith(String(right)),
  gt: (left, right) => order(left, right) > 0,
  ge: (left, right) => order(left, right) >= 0,
  lt: (left, right) => order(left, right) < 0,
  le: (left, right) => order(left, right) <= 0,
}

function order(left: Comparable, right: Comparable): number {
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right)
  return Number(left) - Number(right)
}

function comparable(attribute: Attribute, value: Json | undefined): Comparable | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
    case 'binary':
      if (typeof value !== 'string') return undefined
      return attribute.caseExact ? value : fold(value)
    case 'dateTime':
      return typeof value === 'string' ? readDateTime(value) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'decimal':
    case 'integer':
      return typeof value === 'number' ? value : undefined
    case 'complex':
      return undefined
  }
}

/** What a path addresses: one entry for each value, or exactly one, perhaps undefined, for a single-valued attribute. */
function valuesAt(subject: Subject, path: AttributePath): readonly (Json | undefined)[] {
  const container = path.schema === undefined ? subject.object : own(subject.object, path.schema)
  const values = toValues(own(container, path.attribute), subject.isMultiValued(path))
  const { sub } = path
  return sub === undefined ? values : values.map((value) => own(value, sub))
}

function toValues(value: Json | undefined, multiValued: boolean): readonly (Json | undefined)[] {
  if (Array.isArray(value)) return value
  return multiValued && (value === undefined || value === null) ? [] : [value]
}

function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function isPresent(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
