import type { Filter } from '../filter/ast.ts'

/** The ids that a filter on members is a list of, `value eq "a" or value eq "b"`; undefined if it is more than that. */
export function memberIdsIn(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'compare') {
    const { path, operator, value } = filter
    return path.attribute === 'value' && operator === 'eq' && typeof value === 'string' ? [value] : undefined
  }
  if (filter.kind !== 'or') return undefined
  const lists = filter.operands.map(memberIdsIn)
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined
}
