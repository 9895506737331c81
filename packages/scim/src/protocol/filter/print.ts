import type { AttributePath, Filter } from './ast.ts'

/** The canonical text of a filter; {@link parseFilter} reads it back as the same filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'present':
      return `${printPath(filter.path)} pr`
    case 'valuePath':
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]`
    case 'not':
      return `not (${printFilter(filter.operand)})`
    case 'or':
      return filter.operands.map(printFilter).join(' or ')
    case 'and':
      return filter.operands.map(printOperandOfAnd).join(' and ')
  }
}

/** The canonical text of an attribute's path: `name.givenName`, or with the URN of its extension. */
export function printPath({ schema, attribute, sub }: AttributePath): string {
  const name = sub === undefined ? attribute : `${attribute}.${sub}`
  if (schema === undefined) return name
  return name === '' ? schema : `${schema}:${name}`
}

function printOperandOfAnd(operand: Filter): string {
  return operand.kind === 'or' ? `(${printFilter(operand)})` : printFilter(operand)
}
