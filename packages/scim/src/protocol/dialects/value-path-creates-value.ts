import type { Json, JsonObject } from '../../base/json.ts'
import type { Filter } from '../filter/ast.ts'
import type { DialectRule } from './rule.ts'

export const valuePathCreatesValue: DialectRule<Filter, undefined, JsonObject> = {
  name: 'value-path-creates-value',
  description: {
    en:
      'Where `emails[type eq "work"].value` matches no value yet, one is created that the filter would match. RFC 7644 ' +
      '§3.5.2.3 would refuse a replace.',
    de:
      'Wo `emails[type eq "work"].value` noch keinen Wert trifft, wird einer angelegt, auf den der Filter ' +
      'passt. RFC 7644 §3.5.2.3 würde ein replace ablehnen.',
  },
  seen: 'Entra (emails, addresses, phoneNumbers, roles)',
  read: (filter) => assignments(filter),
}

function assignments(filter: Filter): JsonObject | undefined {
  if (filter.kind === 'compare') {
    if (filter.operator !== 'eq' || filter.path.sub !== undefined || filter.value === null) return undefined
    return { [filter.path.attribute]: filter.value }
  }
  if (filter.kind !== 'and') return undefined
  const merged = new Map<string, Json>()
  for (const operand of filter.operands) {
    for (const [name, value] of Object.entries(assignments(operand) ?? {})) {
      if (merged.has(name) && merged.get(name) !== value) return undefined
      merged.set(name, value)
    }
    if (assignments(operand) === undefined) return undefined
  }
  return Object.fromEntries(merged)
}
