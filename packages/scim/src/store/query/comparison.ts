import { fold } from '../../base/fold.ts'
import type { CompareOperator, FilterValue } from '../../protocol/filter/ast.ts'
import type { Dialect, Value } from '../statement.ts'
import type { Column, SqlContext } from './attributes.ts'

type Test = (left: string, right: string, dialect: Dialect) => string

// RFC 7644 §3.4.2.2, table 3. No LIKE: its wildcards, escapes and case rules are not SCIM's.
const TESTS: Record<Exclude<CompareOperator, 'eq' | 'ne'>, Test> = {
  gt: (left, right) => `${left} > ${right}`,
  ge: (left, right) => `${left} >= ${right}`,
  lt: (left, right) => `${left} < ${right}`,
  le: (left, right) => `${left} <= ${right}`,
  co: (left, right, dialect) => dialect.contains(left, right),
  sw: (left, right) => `substr(${left}, 1, length(${right})) = ${right}`,
  // Of a text shorter than the operand, whatever substr answers is shorter than the operand too.
  ew: (left, right) => `substr(${left}, length(${left}) - length(${right}) + 1) = ${right}`,
}

/** A condition that compares an attribute with a value; true or false, never null, so that it can be negated. */
export function compareColumn(
  column: Column,
  operator: CompareOperator,
  value: FilterValue,
  context: SqlContext,
): string {
  if (value === null) return operator === 'eq' ? `(not ${isPresent(column)})` : isPresent(column)
  if (operator === 'ne') return `(not ${compareColumn(column, 'eq', value, context)})`
  const operand = context.bind(operandOf(column, value))
  const test =
    operator === 'eq' ? equals(column, operand, context.dialect) : TESTS[operator](column.sql, operand, context.dialect)
  return column.nullable ? `(${column.sql} is not null and ${test})` : `(${test})`
}

function equals({ sql, long }: Column, operand: string, dialect: Dialect): string {
  return long ? dialect.same(sql, operand) : `${sql} = ${operand}`
}

export function isPresent({ sql, nullable }: Column): string {
  return nullable ? `(${sql} is not null)` : 'true'
}

/** A filter's value in the form in which the column holds its own. */
export function operandOf({ type, folded }: Column, value: Exclude<FilterValue, null>): Value {
  switch (type) {
    case 'text':
      return folded ? fold(String(value)) : String(value)
    case 'time':
      return Date.parse(String(value))
    case 'boolean':
      return value === true ? 1 : 0
    case 'number':
      return Number(value)
  }
}
