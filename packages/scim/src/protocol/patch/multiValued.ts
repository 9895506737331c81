import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { valuePathCreatesValue } from '../dialects/value-path-creates-value.ts'
import type { Filter } from '../filter/ast.ts'
import { evaluateValue } from '../filter/evaluate.ts'
import { printPath } from '../filter/print.ts'
import type { Attribute } from '../schemas/attribute.ts'
import type { UserOperation } from './operation.ts'

export type Values = readonly Json[]

/** More comparisons than this in one PATCH are refused: no person has so many values. */
export const MAX_COMPARED_VALUES = 5_000_000

/** What applying a PATCH has cost, and the dialect rules that it needed. */
export class Work {
  readonly rules = new Set<string>()
  #comparisons = 0

  count(values: number, filter: Filter | undefined): void {
    this.#comparisons += values * (filter === undefined ? 1 : sizeOf(filter))
    if (this.#comparisons > MAX_COMPARED_VALUES)
      throw refuse('invalid_value', 'The operations up to here compare more values than one person can have.')
  }
}

function sizeOf(filter: Filter): number {
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.operands.reduce((sum, operand) => sum + sizeOf(operand), 1)
  return filter.kind === 'not' ? sizeOf(filter.operand) + 1 : 1
}

/** The values of a multi-valued attribute after an operation (RFC 7644 §3.5.2); at most one is primary. */
export function changeValues(attribute: Attribute, held: Values, operation: UserOperation, work: Work): Values {
  const { op, value, filter } = operation
  work.count(held.length + (Array.isArray(value) ? value.length : 1), filter)
  if (op === 'remove') return removeValues(attribute, held, operation)
  const { values, written } = writeValues(attribute, held, operation, work)
  return movePrimary(values, written)
}

function removeValues(attribute: Attribute, held: Values, { path: { sub }, filter }: UserOperation): Values {
  const isTarget = matcher(attribute, filter)
  if (sub === undefined) return held.filter((value) => !isTarget(value))
  return held.flatMap((value): Json[] => {
    if (!isObject(value) || !isTarget(value)) return [value]
    const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== sub))
    return Object.keys(rest).length === 0 ? [] : [rest]
  })
}

interface Written {
  readonly values: Values
  /** Those of the values that the operation has set. */
  readonly written: ReadonlySet<Json>
}

function writeValues(attribute: Attribute, held: Values, operation: UserOperation, work: Work): Written {
  const { op, path, filter, value } = operation
  if (filter === undefined && path.sub === undefined) {
    const sent = Array.isArray(value) ? value : []
    return op === 'replace' ? { values: sent, written: new Set(sent) } : addValues(held, sent)
  }
  const isTarget = matcher(attribute, filter)
  const matching = held.filter((item) => isObject(item) && isTarget(item))
  if (matching.length === 0) return createValue(held, operation, work)
  const given = filter === undefined ? undefined : valuePathCreatesValue.read(filter)
  const changed = new Map(matching.map((item) => [item, changeValue(item as JsonObject, operation, given)]))
  return { values: held.map((item) => changed.get(item) ?? item), written: new Set(changed.values()) }
}

function matcher(attribute: Attribute, filter: Filter | undefined): (value: Json) => boolean {
  return (value) => filter === undefined || (isObject(value) && evaluateValue(filter, value, attribute))
}

/** Sets a sub-attribute, merges (add), or replaces the value but for what the filter has found it by (replace). */
function changeValue(
  item: JsonObject,
  { op, path: { sub }, value }: UserOperation,
  given: JsonObject = {},
): JsonObject {
  if (sub !== undefined) return { ...item, [sub]: value ?? null }
  const sent = isObject(value) ? value : {}
  return op === 'add' ? { ...item, ...sent } : { ...given, ...sent }
}

function createValue(held: Values, { path, filter, value }: UserOperation, work: Work): Written {
  const given = filter === undefined ? {} : valuePathCreatesValue.read(filter)
  if (given === undefined)
    throw refuse(
      'no_target',
      `No value of "${printPath(path)}" matches the filter, and it does not say how to create one.`,
    )
  if (filter !== undefined) work.rules.add(valuePathCreatesValue.name)
  const created =
    path.sub === undefined ? { ...given, ...(isObject(value) ? value : {}) } : { ...given, [path.sub]: value ?? null }
  return { values: [...held, created], written: new Set([created]) }
}

/** RFC 7644 §3.5.2.1: what is there already is not added again. RFC 7643 §2.4: value and type together are unique. */
function addValues(held: Values, sent: Values): Written {
  const values = [...held]
  const written = new Set<Json>()
  const positions = new Map<string, number>()
  const enter = (item: Json, position: number) => {
    for (const identity of identitiesOf(item)) if (!positions.has(identity)) positions.set(identity, position)
  }
  held.forEach(enter)
  for (const item of sent) {
    const position = positions.get(identitiesOf(item)[0] as string) ?? values.length
    const other = values[position]
    const merged = isObject(other) && isObject(item) ? { ...other, ...item } : item
    values[position] = merged
    enter(merged, position)
    if (isPrimary(item)) written.add(merged)
  }
  return { values, written }
}

/** By what a value is found again, closest first: its value with its type, its value alone, or else all that it says. */
function identitiesOf(item: Json): string[] {
  if (!isObject(item) || !Object.hasOwn(item, 'value'))
    return [JSON.stringify(isObject(item) ? Object.entries(item).sort() : [item])]
  const alone = JSON.stringify({ value: item.value })
  return Object.hasOwn(item, 'type') ? [JSON.stringify({ value: item.value, type: item.type }), alone] : [alone]
}

/** RFC 7644 §3.5.2: setting one value's `primary` takes it from the others. */
function movePrimary(values: Values, written: ReadonlySet<Json>): Values {
  const chosen = values.find((value) => written.has(value) && isPrimary(value))
  if (chosen === undefined) return values
  return values.map((value) =>
    value !== chosen && isObject(value) && isPrimary(value) ? { ...value, primary: false } : value,
  )
}

function isPrimary(value: Json): boolean {
  return isObject(value) && value.primary === true
}
