/**
 * SQL as the house writes it: one text for both stores, with a few kinds of marker.
 *
 * - `{groups}`: a table, with the prefix it has in this store
 * - `:name`: a parameter, used as often as wanted
 * - `each(:ids text) as e`: the elements of an array parameter, as `e.value` (types: text, bigint)
 * - `rows(:people id text, at bigint) as r`: an array of objects, as `r.id`, `r.at`
 * - `among(t.id, :ids text)`: whether a column has one of the values of an array parameter (types: text, bigint)
 * - `same(t.name, :name)`, `amongLong(t.name, :names)`: the same of texts that may be too long for an index as they are
 * - `contains(t.name, :part)`: whether a text contains another
 * - `json(r.document)`: a text as the JSON document that a column holds
 * - `collect(t.key)`: all values of a number column, ascending, as the text of a JSON array
 * - `limit :limit`, `offset :offset`: bounds of a select
 * - `{position}`: the column of `changes` that gives the order of commits
 * - `{lock}`, `{share}`: at the end of a select, lock its rows where rows can be locked: against whoever would change
 *   them, or against that only
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
  among(column: string, parameter: string, type: string): string
  /** Whether a text column has a value, by an index that holds texts of any length. */
  same(column: string, value: string): string
  amongLong(column: string, parameter: string): string
  asJson(text: string): string
  collect(column: string): string
  readonly position: string
  readonly lock: string
  readonly share: string
  /** Rows of one statement at the most, where there may be any number: see `pieces.ts`. */
  readonly piece: number
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
  /** Those of them that are arrays of objects. */
  readonly rows: ReadonlySet<string>
}

const MARKER =
  /\b(limit|offset) :(\w+)|each\(:(\w+) (\w+)\) as (\w+)|rows\(:(\w+) ([\w\s,]+)\) as (\w+)|\b(among|same|amongLong|contains|json|collect)\(([\w.]+)(?:, :(\w+)(?: (\w+))?)?\)|(?<![:\w]):([A-Za-z_]\w*)|\{(\w+)\}|'(?:[^']|'')*'/g

export function compile(text: string, dialect: Dialect, prefix: string): Compiled {
  const names: string[] = []
  const rows = new Set<string>()
  const parameter = (name: string): string => {
    let position = dialect.numbered ? names.indexOf(name) : -1
    if (position < 0) position = names.push(name) - 1
    return dialect.parameter(position + 1)
  }
  const call = (name: string, text: string, value: string, type: string | undefined): string => {
    switch (name) {
      case 'among':
        return dialect.among(text, parameter(value), type ?? 'text')
      case 'same':
        return dialect.same(text, parameter(value))
      case 'amongLong':
        return dialect.amongLong(text, parameter(value))
      case 'contains':
        return dialect.contains(text, parameter(value))
      case 'json':
        return dialect.asJson(text)
      default:
        return dialect.collect(text)
    }
  }
  const sql = text.replace(
    MARKER,
    (
      marker,
      bound,
      boundName,
      eachName,
      eachType,
      eachAlias,
      rowsName,
      rowsColumns,
      rowsAlias,
      called,
      calledText,
      calledName,
      calledType,
      name,
      braced,
    ) => {
      if (bound) return `${bound} ${dialect.bound(parameter(boundName))}`
      if (eachName) return dialect.each(parameter(eachName), eachType, eachAlias)
      if (rowsName) rows.add(rowsName)
      if (rowsName) return dialect.rows(parameter(rowsName), readColumns(rowsColumns), rowsAlias)
      if (called) return call(called, calledText, calledName, calledType)
      if (name) return parameter(name)
      if (braced === 'lock' || braced === 'share' || braced === 'position') return dialect[braced as 'lock']
      if (braced) return prefix + braced
      return marker
    },
  )
  return { sql, names, rows }
}

function readColumns(text: string): Column[] {
  return text.split(',').map((column) => {
    const [name = '', type = 'text'] = column.trim().split(' ')
    return { name, type }
  })
}
