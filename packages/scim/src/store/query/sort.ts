import { refuse } from '../../base/errors.ts'
import type { AttributePath } from '../../protocol/filter/ast.ts'
import { printPath } from '../../protocol/filter/print.ts'
import type { Attributes, Column, SqlContext, Values } from './attributes.ts'

/** The value of the attribute that a list is sorted by, where it is another than `id`. */
export interface SortKey {
  readonly sql: string
  readonly type: 'text' | 'number'
  readonly nullable: boolean
}

/** The place of a resource in a list; `key` is undefined where the list is sorted by id alone. */
export interface Position {
  readonly id: string
  readonly key?: string | number | null
}

/** Texts sort by this many characters of theirs, so that a cursor fits into a URL. */
const SORTED_LENGTH = 1024

/**
 * What `sortBy` means (RFC 7644 §3.4.2.3), undefined for the order of ids. Of a multi-valued attribute the primary value
 * counts, or else the first.
 */
export function sortKey(path: AttributePath | undefined, attributes: Attributes): SortKey | undefined {
  if (path === undefined || isId(path)) return undefined
  const target = attributes(path)
  if (target.kind === 'column') return keyOf(target)
  if (target.kind === 'values') return keyOfValues(target, path)
  throw unsortable(path)
}

function isId({ schema, attribute }: AttributePath): boolean {
  return schema === undefined && attribute === 'id'
}

function keyOf({ sql, type, nullable, ordered }: Column): SortKey {
  const isText = type === 'text'
  return {
    // An index is used for the bare column only; what has one is short.
    sql: isText && !ordered ? `substr(${sql}, 1, ${SORTED_LENGTH})` : sql,
    type: isText ? 'text' : 'number',
    nullable: nullable === true,
  }
}

function keyOfValues(values: Values, path: AttributePath): SortKey {
  const column = values.sub(path.sub) ?? values.sub('value')
  if (column === undefined) throw unsortable(path)
  const { sql, type } = keyOf(column)
  const where = values.where === undefined ? '' : ` where ${values.where}`
  return { sql: `(select ${sql} from ${values.from}${where} order by ${values.order} limit 1)`, type, nullable: true }
}

function unsortable(path: AttributePath) {
  return refuse('invalid_value', `"${printPath(path)}" has sub-attributes; sort by one of them.`)
}

/**
 * RFC 7644 §3.4.2.3: who has no value comes last, or first in descending order. Descending is ascending the other way
 * round, down to the ids among equal values.
 */
export function orderBy(key: SortKey | undefined, descending: boolean, id: string): string {
  const direction = descending ? 'desc' : 'asc'
  if (key === undefined) return `${id} ${direction}`
  const nulls = key.nullable ? ` nulls ${descending ? 'first' : 'last'}` : ''
  return `${key.sql} ${direction}${nulls}, ${id} ${direction}`
}

/** The condition that holds for what comes behind a position in the order of {@link orderBy}. */
export function behind(
  key: SortKey | undefined,
  descending: boolean,
  id: string,
  position: Position,
  context: SqlContext,
): string {
  const beyond = descending ? '<' : '>'
  const at = context.bind(position.id)
  if (key === undefined) return `${id} ${beyond} ${at}`
  const { sql, nullable } = key
  if (position.key === null || position.key === undefined) {
    const alike = `(${sql} is null and ${id} ${beyond} ${at})`
    return descending ? `(${alike} or ${sql} is not null)` : alike
  }
  const value = context.bind(position.key)
  if (!nullable) return `(${sql}, ${id}) ${beyond} (${value}, ${at})`
  const further = `${sql} ${beyond} ${value} or (${sql} = ${value} and ${id} ${beyond} ${at})`
  return descending ? `(${further})` : `(${further} or ${sql} is null)`
}
