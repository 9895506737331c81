import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { AttributePath, Filter, FilterValue } from '../filter/ast.ts'
import type { DialectRule } from './rule.ts'

/** A remove operation (RFC 7644 §3.5.2.2) whose path has been read. */
export interface Removal {
  readonly path: AttributePath
  readonly filter?: Filter
  readonly value?: Json
}

export const removeWithValueArray: DialectRule<Removal> = {
  name: 'remove-with-value-array',
  description: {
    en:
      'A remove with path `members` and a list of values removes these, as `members[value eq "…"]` does. An empty list ' +
      'removes nobody.',
    de:
      'Ein remove mit dem Pfad `members` und einer Liste von Werten entfernt diese, wie `members[value eq "…"]` ' +
      'es tut. Eine leere Liste entfernt niemanden.',
  },
  seen: 'Entra without aadOptscim062020, JumpCloud, authentik',
  read: ({ path, filter, value }) =>
    filter === undefined && Array.isArray(value)
      ? { path, filter: anyOf(value.filter(isObject).map(equalTo)) }
      : undefined,
}

function anyOf(operands: readonly Filter[]): Filter {
  return operands.length === 1 ? (operands[0] as Filter) : { kind: 'or', operands }
}

function equalTo(element: JsonObject): Filter {
  if (Object.hasOwn(element, 'value')) return equals('value', element.value)
  const operands = Object.entries(element).map(([name, value]) => equals(name, value))
  return operands.length === 1 ? (operands[0] as Filter) : { kind: 'and', operands }
}

function equals(attribute: string, value: Json | undefined): Filter {
  return { kind: 'compare', path: { attribute }, operator: 'eq', value: value as FilterValue }
}
