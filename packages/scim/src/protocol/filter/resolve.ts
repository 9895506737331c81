import { toDateTime } from '../../base/clock.ts'
import type { Attribute, ResourceType } from '../schemas/attribute.ts'
import { type NamedAttribute, quote, readName, readSubAttribute } from '../schemas/names.ts'
import type { CompareOperator, FilterValue } from './ast.ts'
import { readDateTime } from './dateTime.ts'
import { malformed } from './lexer.ts'

/** Where names are looked up: in a resource, or, inside a value path, in the values of one complex attribute. */
export type Scope =
  | { readonly kind: 'resource'; readonly type: ResourceType }
  | { readonly kind: 'value'; readonly attribute: Attribute }

/** A value as written: `quoted` tells `"null"`, a text, from `null`. */
export interface Literal {
  readonly text: string
  readonly quoted: boolean
}

/** The attribute that a name in a filter means, with its canonical path. */
export function resolveName(scope: Scope, name: string): NamedAttribute {
  if (scope.kind === 'resource') {
    const named = readName(scope.type, name)
    if (typeof named === 'string') throw malformed(named)
    return named
  }
  const attribute = readSubAttribute(scope.attribute, name)
  if (typeof attribute === 'string') throw malformed(attribute)
  return { path: { attribute: attribute.name }, attribute }
}

/**
 * The attribute that a comparison compares. A complex attribute stands for its `value` (RFC 7643 §2.4): `members eq "x"`
 * is `members.value eq "x"`.
 */
export function comparedAttribute(named: NamedAttribute): NamedAttribute {
  const { path, attribute } = named
  if (attribute.type !== 'complex') return named
  const value = attribute.subAttributes?.find(({ name }) => name === 'value')
  if (value === undefined)
    throw malformed(`"${attribute.name}" has sub-attributes; compare one of them, such as ${example(attribute)}.`)
  return { path: { ...path, sub: value.name }, attribute: value }
}

/** The value to compare with, in the attribute's own type; refuses comparisons that the type does not have. */
export function resolveValue(attribute: Attribute, operator: CompareOperator, literal: Literal): FilterValue {
  if (!literal.quoted && literal.text === 'null') {
    if (operator === 'eq' || operator === 'ne') return null
    throw malformed(`null can be compared with eq and ne only, not with ${operator}.`)
  }
  if (!OPERATORS[attribute.type].includes(operator))
    throw malformed(`"${attribute.name}" is of type ${attribute.type}, which cannot be compared with ${operator}.`)
  return READERS[attribute.type](attribute, literal.text)
}

const EQUALITY: readonly CompareOperator[] = ['eq', 'ne']
const ORDER: readonly CompareOperator[] = [...EQUALITY, 'gt', 'ge', 'lt', 'le']
const PARTS: readonly CompareOperator[] = ['co', 'sw', 'ew']
const TEXT = [...ORDER, ...PARTS]

// RFC 7644 §3.4.2.2, table 3: order is not defined for boolean and binary values.
const OPERATORS: Record<Attribute['type'], readonly CompareOperator[]> = {
  string: TEXT,
  reference: TEXT,
  binary: [...EQUALITY, ...PARTS],
  boolean: EQUALITY,
  decimal: ORDER,
  integer: ORDER,
  dateTime: ORDER,
  complex: [],
}

const READERS: Record<Attribute['type'], (attribute: Attribute, text: string) => FilterValue> = {
  string: (_, text) => text,
  reference: (_, text) => text,
  binary: (_, text) => text,
  boolean: toBoolean,
  decimal: toNumber,
  integer: toNumber,
  dateTime: toUtc,
  complex: (_, text) => text,
}

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
])

function toBoolean(attribute: Attribute, text: string): boolean {
  const value = BOOLEANS.get(text.toLowerCase())
  if (value === undefined) throw malformed(`"${attribute.name}" is true or false, not ${quote(text)}.`)
  return value
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function toNumber(attribute: Attribute, text: string): number {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) throw malformed(`"${attribute.name}" is a number, which ${quote(text)} is not.`)
  return value
}

function toUtc(attribute: Attribute, text: string): string {
  const instant = readDateTime(text)
  if (instant === undefined)
    throw malformed(
      `"${attribute.name}" is a date and time such as "2026-01-31T12:00:00Z", which ${quote(text)} is not.`,
    )
  return toDateTime(instant)
}

function example(attribute: Attribute): string {
  return `"${attribute.name}.${attribute.subAttributes?.[0]?.name}"`
}
