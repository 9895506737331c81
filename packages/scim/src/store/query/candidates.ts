import type { Filter } from '../../protocol/filter/ast.ts'
import { type Attributes, found, type SqlContext } from './attributes.ts'
import { compareColumn } from './comparison.ts'
import { holders, valuesIndex } from './filter.ts'

/** Rows among which all are that match a filter, found by indexes. */
export interface Candidates {
  /** A select of their keys, each once. */
  readonly keys: string
  /** What has to hold of a candidate besides; undefined where every candidate matches. */
  readonly rest: Filter | undefined
  /** Whether it is one row at most. */
  readonly single: boolean
}

/** The table that holds the resources, as the filter's columns name it. */
export interface CandidateTable {
  readonly name: string
  readonly alias: string
}

/** The rows to look at for a filter, or undefined if that is all of them. */
export function candidates(
  filter: Filter,
  table: CandidateTable,
  attributes: Attributes,
  context: SqlContext,
): Candidates | undefined {
  const of = (operand: Filter) => candidates(operand, table, attributes, context)
  switch (filter.kind) {
    case 'compare':
      return ofComparison(filter, table, attributes, context)
    case 'valuePath':
      return ofValuePath(filter, table, attributes, context)
    case 'and':
      return cheapest(filter.operands, of)
    case 'or':
      return united(filter, filter.operands.map(of))
    default:
      return undefined
  }
}

type Kind<K extends Filter['kind']> = Extract<Filter, { kind: K }>

function ofComparison(
  filter: Kind<'compare'>,
  { name, alias }: CandidateTable,
  attributes: Attributes,
  context: SqlContext,
): Candidates | undefined {
  const { path, operator, value } = filter
  const target = attributes(path)
  if (target.kind === 'column') {
    if (target.index === undefined || operator !== 'eq' || value === null) return undefined
    const equal = compareColumn(target, operator, value, context)
    const keys = `select ${alias}.key as key from ${name} ${alias} where ${alias}.workspace_id = :workspace and ${equal}`
    return { keys, rest: undefined, single: target.index === 'unique' }
  }
  const index = target.kind === 'values' ? valuesIndex(target, filter) : undefined
  if (target.kind !== 'values' || index === undefined) return undefined
  return { keys: holders(index, found(target.sub(path.sub), path), filter, context), rest: undefined, single: false }
}

// `emails[value eq "x"]` is `emails.value eq "x"`; with more in the brackets, the values themselves have to be looked at.
function ofValuePath(
  filter: Kind<'valuePath'>,
  table: CandidateTable,
  attributes: Attributes,
  context: SqlContext,
): Candidates | undefined {
  const operands = filter.filter.kind === 'and' ? filter.filter.operands : [filter.filter]
  for (const operand of operands) {
    if (operand.kind !== 'compare' || operand.path.attribute !== 'value') continue
    const outside = { ...operand, path: { ...filter.path, sub: 'value' } }
    const byValue = ofComparison(outside, table, attributes, context)
    if (byValue !== undefined) return { ...byValue, rest: operands.length === 1 ? undefined : filter }
  }
  return undefined
}

function cheapest(operands: readonly Filter[], of: (filter: Filter) => Candidates | undefined): Candidates | undefined {
  let best: { readonly operand: Filter; readonly candidates: Candidates } | undefined
  for (const operand of operands) {
    const next = of(operand)
    if (next !== undefined && (best === undefined || (next.single && !best.candidates.single)))
      best = { operand, candidates: next }
  }
  if (best === undefined) return undefined
  const { operand, candidates: chosen } = best
  const rest = operands.filter((other) => other !== operand)
  if (chosen.rest !== undefined) rest.push(chosen.rest)
  return { ...chosen, rest: rest.length === 0 ? undefined : { kind: 'and', operands: rest } }
}

// A filter has at most 256 comparisons, and SQLite unites up to 500 selects.
function united(filter: Filter, parts: readonly (Candidates | undefined)[]): Candidates | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return {
    keys: known.map(({ keys }) => keys).join(' union '),
    rest: known.some(({ rest }) => rest !== undefined) ? filter : undefined,
    single: false,
  }
}
