import type { Filter } from '../../protocol/filter/ast.ts'
import type { ResourceType } from '../../protocol/schemas/attribute.ts'
import { type Statement, statement } from '../statement.ts'
import type { Attributes, SqlContext } from './attributes.ts'
import { condition } from './filter.ts'
import { behind, orderBy, type Position, type SortKey } from './sort.ts'

/** A table whose rows are resources. */
export interface ListedTable {
  readonly type: ResourceType
  readonly name: string
  readonly alias: string
  readonly columns: string
  /** Which of its rows are resources, where not all are. */
  readonly listed?: string
  readonly attributes: (context: SqlContext) => Attributes
}

/** The rows of a workspace that match a filter, as text behind `from`. */
export function matching(
  { name, alias, listed }: ListedTable,
  filter: Filter | undefined,
  attributes: Attributes,
  context: SqlContext,
): string {
  const conditions = [
    `${alias}.workspace_id = :workspace`,
    listed,
    filter && condition(filter, isOfOne(filter, attributes) ? oneByOne(attributes) : attributes, context),
  ]
  return `${name} ${alias} where ${conditions.filter((part) => part !== undefined).join(' and ')}`
}

/** Whether at most one resource can match, as with `id eq "grp_…" and members eq "usr_…"`. */
export function isOfOne(filter: Filter, attributes: Attributes): boolean {
  if (filter.kind === 'and') return filter.operands.some((operand) => isOfOne(operand, attributes))
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.value === null) return false
  const target = attributes(filter.path)
  return target.kind === 'column' && target.unique === true
}

// Whether one resource has a value is asked of it; listing who else has the value could be 100,000 rows.
function oneByOne(attributes: Attributes): Attributes {
  return (path) => {
    const target = attributes(path)
    if (target.kind !== 'values') return target
    const { index, ...values } = target
    return values
  }
}

export function selectCount(source: string): Statement<{ count: number }> {
  return statement(`select count(*) as count from ${source}`)
}

export interface Ordering {
  readonly key: SortKey | undefined
  readonly descending: boolean
}

/** The rows of a list that has one at most: order and bounds would cost as much again as finding it. */
export function selectOne<Row>(table: ListedTable, source: string): Statement<Row> {
  return statement(`select ${table.columns} from ${source}`)
}

/** Up to `:limit` rows of a list, behind `:offset` others. */
export function selectByOffset<Row>(table: ListedTable, source: string, { key, descending }: Ordering): Statement<Row> {
  const order = orderBy(key, descending, `${table.alias}.id`)
  return statement(`select ${table.columns} from ${source} order by ${order} limit :limit offset :offset`)
}

/** A row with the value that it is sorted by, unless that is its id. */
export interface Sorted {
  readonly sort_key?: string | number | null
}

/** Up to `:limit` rows of a list, behind a position or from the first. */
export function selectByPosition<Row>(
  table: ListedTable,
  source: string,
  { key, descending }: Ordering,
  position: Position | undefined,
  context: SqlContext,
): Statement<Row & Sorted> {
  const id = `${table.alias}.id`
  const columns = key === undefined ? table.columns : `${table.columns}, ${key.sql} as sort_key`
  const further = position === undefined ? '' : ` and ${behind(key, descending, id, position, context)}`
  return statement(`select ${columns} from ${source}${further} order by ${orderBy(key, descending, id)} limit :limit`)
}
