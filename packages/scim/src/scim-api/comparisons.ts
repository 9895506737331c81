import { isPersonId } from '../base/ids.ts'
import type { AttributePath, Filter } from '../protocol/filter/ast.ts'
import { personById } from '../store/people.ts'
import type { Reader } from '../store/store.ts'

export type Comparison = Extract<Filter, { kind: 'compare' }>

/** The filter with each of its comparisons changed; `outer` is the attribute whose value path a comparison stands in. */
export async function changeComparisons(
  filter: Filter,
  change: (comparison: Comparison, outer: AttributePath | undefined) => Promise<Filter>,
  outer?: AttributePath,
): Promise<Filter> {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const operands: Filter[] = []
      for (const operand of filter.operands) operands.push(await changeComparisons(operand, change, outer))
      return { ...filter, operands }
    }
    case 'not':
      return { ...filter, operand: await changeComparisons(filter.operand, change, outer) }
    case 'valuePath':
      return { ...filter, filter: await changeComparisons(filter.filter, change, filter.path) }
    case 'compare':
      return change(filter, outer)
    case 'present':
      return filter
  }
}

/** A filter of groups in which former ids of members are replaced by the present ones. */
export function withPresentMembers(
  { reader, workspace }: { readonly reader: Reader; readonly workspace: number },
  filter: Filter,
): Promise<Filter> {
  return changeComparisons(filter, async (comparison, outer) => {
    const { attribute, sub } = comparison.path
    const isMember = outer === undefined ? attribute === 'members' && sub === 'value' : attribute === 'value'
    return isMember ? withPresentId(reader, workspace, comparison) : comparison
  })
}

/** A comparison with the id of a person, of whom it names a former id, with the present one. */
export async function withPresentId(reader: Reader, workspace: number, comparison: Comparison): Promise<Comparison> {
  const { operator, value } = comparison
  if ((operator !== 'eq' && operator !== 'ne') || typeof value !== 'string' || !isPersonId(value)) return comparison
  const person = await personById(reader, workspace, value)
  return person && person.id !== value ? { ...comparison, value: person.id } : comparison
}
