import type { AttributePath, CompareOperator, Filter, FilterValue } from '../../protocol/filter/ast.ts'
import { type Attributes, type Composite, found, type SqlContext, type Values, type ValuesIndex } from './attributes.ts'
import { compareColumn, isPresent, operandOf } from './comparison.ts'

/**
 * A resolved filter (RFC 7644 §3.4.2.2) as an SQL condition that means what `evaluate` means. It is true or false, never
 * null; it carries no condition on the workspace of the outer table, which the statement around it has.
 */
export function condition(filter: Filter, attributes: Attributes, context: SqlContext): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.operands.map((operand) => condition(operand, attributes, context)).join(` ${filter.kind} `)})`
    case 'not':
      return `(not ${condition(filter.operand, attributes, context)})`
    case 'present':
      return presence(filter.path, attributes)
    case 'compare':
      return comparison(filter, attributes, context)
    case 'valuePath':
      return valuePath(filter.path, filter.filter, attributes, context)
  }
}

interface Comparison {
  readonly path: AttributePath
  readonly operator: CompareOperator
  readonly value: FilterValue
}

function presence(path: AttributePath, attributes: Attributes): string {
  const target = attributes(path)
  if (target.kind === 'column') return isPresent(target)
  if (target.kind === 'composite') return `(${target.present})`
  const column = target.sub(path.sub)
  return exists(target, column === undefined ? 'true' : isPresent(column))
}

function comparison(filter: Comparison, attributes: Attributes, context: SqlContext): string {
  const { path, operator, value } = filter
  const target = attributes(path)
  if (target.kind === 'column') return compareColumn(target, operator, value, context)
  const values = found(target.kind === 'values' ? target : undefined, path)
  const column = found(values.sub(path.sub), path)
  if (value === null) {
    const present = exists(values, isPresent(column))
    return operator === 'eq' ? `(not ${present})` : present
  }
  if (operator === 'ne') {
    const differs = exists(values, compareColumn(column, 'ne', value, context))
    return `(${differs} or not ${exists(values, 'true')})`
  }
  const index = valuesIndex(values, filter)
  if (index === undefined) return exists(values, compareColumn(column, operator, value, context))
  return `(${index.owner} in (${index.holders(context.bind(operandOf(column, value)))}))`
}

function valuePath(path: AttributePath, filter: Filter, attributes: Attributes, context: SqlContext): string {
  const target = attributes(path)
  if (target.kind === 'column') return 'false'
  const inner = () => condition(filter, inside(target, path), context)
  if (target.kind === 'composite') return `(${target.present} and ${inner()})`
  const indexed = valueComparisons(path, filter).find((operand) => valuesIndex(target, operand) !== undefined)
  if (indexed === undefined) return exists(target, inner())
  const held = comparison(indexed, attributes, context)
  return filter.kind === 'compare' ? held : `(${held} and ${exists(target, inner())})`
}

// `emails[value eq "x"]` is `emails.value eq "x"`; with more in the brackets an index still says where to look.
function valueComparisons(path: AttributePath, filter: Filter): Comparison[] {
  const operands = filter.kind === 'and' ? filter.operands : [filter]
  return operands
    .filter((operand) => operand.kind === 'compare')
    .map((operand) => ({ ...operand, path: { ...path, sub: operand.path.attribute } }))
}

/** The sub-attributes of one value, which stand in a value path as attributes do outside of it. */
export function inside(target: Values | Composite, path: AttributePath): Attributes {
  return ({ attribute }) => found(target.sub(attribute), { ...path, sub: attribute })
}

function exists({ from, where }: Values, test: string): string {
  const conditions = [where, test].filter((part) => part !== undefined && part !== 'true')
  return `exists (select 1 from ${from}${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''})`
}

/** The index that answers a comparison of values, if one does: it has their `value`, unless that is empty. */
function valuesIndex(values: Values, { path, operator, value }: Comparison): ValuesIndex | undefined {
  const isIndexed = path.sub === 'value' && operator === 'eq' && typeof value === 'string' && value !== ''
  return isIndexed ? values.index : undefined
}
