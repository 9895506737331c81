/**
 * SQL as the house writes it: one text for both stores, with a few kinds of marker.
 *
 * - `{groups}`: a table, with the prefix it has in this store
 * - `:name`: a parameter, used as often as wanted
 * - `each(:ids text) as e`: the elements of an array parameter, as `e.value` (types: text, bigint)
 * - `rows(:people id text, at bigint) as r`: an array of objects, as `r.id`, `r.at`
 * - `limit :limit`, `offset :offset`: bounds of a select
 * - `{lock}`: at the end of a select, locks its rows where rows can be locked
 */
export interface Statement<Row = unknown> {
  readonly text: string
  /** Only carries the type of a row. */
  readonly row?: Row
}

export type Value = string | number | null | Uint8Array
/** Arrays and objects are for `each` and `rows`. */
export type Parameters = Readonly<Record<string, Value | readonly Value[] | readonly Readonly<Record<string, Value>>[]>>

export function statement<Row = unknown>(text: string): Statement<Row> {
  return { text }
}

/** What differs between the stores in the text of a statement. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Where parameters have no numbers, one that is used twice is bound twice. */
  readonly numbered: boolean
  parameter(position: number): string
  /** A parameter as the bound of a select. */
  bound(parameter: string): string
  each(parameter: string, type: string, alias: string): string
  rows(parameter: string, columns: readonly Column[], alias: string): string
  readonly lock: string
  /** Whether a text contains another; every text contains the empty one. */
  contains(text: string, part: string): string
  /**
   * What stands in a JSON document below `keys`, null where nothing does: a text, compared by code point; a boolean as 1
   * or 0. Keys are names from our own schemas, never a client's text.
   */
  json(document: string, keys: readonly string[], type: JsonType): string
  /** The elements of an array in a JSON document, as `e.value`, a document again, and `e.key`, their position. */
  jsonElements(document: string, keys: readonly string[], alias: string): string
}

export type JsonType = 'text' | 'boolean' | 'number'

export interface Column {
  readonly name: string
  readonly type: string
}

export interface Compiled {
  readonly sql: string
  /** The parameters' names in the order of their positions. */
  readonly names: readonly string[]
}

const MARKER =
  /\b(limit|offset) :(\w+)|each\(:(\w+) (\w+)\) as (\w+)|rows\(:(\w+) ([\w\s,]+)\) as (\w+)|(?<![:\w]):([A-Za-z_]\w*)|\{(\w+)\}|'(?:[^']|'')*'/g

export function compile(text: string, dialect: Dialect, prefix: string): Compiled {
  const names: string[] = []
  const parameter = (name: string): string => {
    let position = dialect.numbered ? names.indexOf(name) : -1
    if (position < 0) position = names.push(name) - 1
    return dialect.parameter(position + 1)
  }
  const sql = text.replace(
    MARKER,
    (marker, bound, boundName, eachName, eachType, eachAlias, rowsName, rowsColumns, rowsAlias, name, braced) => {
      if (bound) return `${bound} ${dialect.bound(parameter(boundName))}`
      if (eachName) return dialect.each(parameter(eachName), eachType, eachAlias)
      if (rowsName) return dialect.rows(parameter(rowsName), readColumns(rowsColumns), rowsAlias)
      if (name) return parameter(name)
      if (braced === 'lock') return dialect.lock
      if (braced) return prefix + braced
      return marker
    },
  )
  return { sql, names }
}

function readColumns(text: string): Column[] {
  return text.split(',').map((column) => {
    const [name = '', type = 'text'] = column.trim().split(' ')
    return { name, type }
  })
}
