/**
 * SQL as the house writes it: one text for both stores, with a few kinds of marker.
 *
 * - `{groups}`: a table, with the prefix it has in this store
 * - `:name`: a parameter, used as often as wanted
 * - `each(:ids text) as e`: the elements of an array parameter, as `e.value` (types: text, bigint)
 * - `rows(:people id text, at bigint) as r`: an array of objects, as `r.id`, `r.at`
 * - `find {table} t (condition)`: joins to each row before it those that an index finds, and never the other way round
 * - `among(t.id, :ids text)`: whether a column has one of the values of an array parameter (types: text, bigint)
 * - `same(t.name, :name)`: whether a text that may be too long for an index has a value
 * - `contains(t.name, :part)`: whether a text contains another; also a text of a document, as `t.search ->> 'shown'`
 * - `sorted(t.key)`: what rows that an index has found are put in order by, where no index is to give the order
 * - `json(r.document)`: a text as the JSON document that a column holds
 * - `collect(t.key from {table} t where condition)`: all values of a column, ascending, as the text of a JSON array
 * - `columns(p.key, p.id)`: all that a select asks for, where rows are many and in no order
 * - `limit :limit`, `offset :offset`: bounds of a select
 * - `{position}`: the column of `changes` that gives the order of commits
 * - `{lock t}`: at the end of a select, locks a table's rows, where rows can be locked, against all who would lock or
 *   change them
 * - `{hold t}`, `{turn t}`: the same of what rows are, not of all that they say: held by several, against those who turn
 *   them into something else
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
  /** The rows of a table for which a condition holds, for each row of what stands before. */
  find(table: string, alias: string, condition: string): string
  /** `single` where the array has one element. */
  among(column: string, parameter: string, type: string, single: boolean): string
  /** Whether a text column has a value, by an index that holds texts of any length. */
  same(column: string, value: string): string
  asJson(text: string): string
  /** All that a select asks for, in a form that the store makes rows of again. */
  columns(columns: readonly Selected[]): string
  /** `source` begins with `from`. */
  collect(column: string, source: string): string
  readonly position: string
  /** Whether transactions run side by side, and so lock rows. */
  readonly locksRows: boolean
  lock(kind: Locking, alias: string): string
  /** Rows of one statement at the most, where there may be any number: see `pieces.ts`. */
  readonly piece: number
  /** Whether a text contains another; every text contains the empty one. */
  contains(text: string, part: string): string
  /** A number to order by, which hides from a planner that an index of all rows has that order. */
  sorted(column: string): string
  /**
   * What stands in a JSON document below `keys`, null where nothing does: a text, compared by code point; a boolean as 1
   * or 0. Keys are names from our own schemas, never a client's text.
   */
  json(document: string, keys: readonly string[], type: JsonType): string
  /** The elements of an array in a JSON document, as `e.value`, a document again, and `e.key`, their position. */
  jsonElements(document: string, keys: readonly string[], alias: string): string
}

export type Locking = 'lock' | 'hold' | 'turn'

export type JsonType = 'text' | 'boolean' | 'number'

export interface Column {
  readonly name: string
  readonly type: string
}

/** `p.key`, of the name `key`. */
export interface Selected {
  readonly column: string
  readonly name: string
}

export interface Compiled {
  readonly sql: string
  /** The parameters' names in the order of their positions. */
  readonly names: readonly string[]
  /** Those of them that are arrays of objects. */
  readonly rows: ReadonlySet<string>
  /** Those that `among` looks into. */
  readonly arrays: ReadonlySet<string>
  /** The names of what `columns` asks for. */
  readonly columns: readonly string[] | undefined
}

const MARKER = new RegExp(
  [
    String.raw`\b(?<bound>limit|offset) :(?<boundBy>\w+)`,
    String.raw`each\(:(?<each>\w+) (?<eachType>\w+)\) as (?<eachAs>\w+)`,
    String.raw`rows\(:(?<list>\w+) (?<columns>[\w\s,]+)\) as (?<listAs>\w+)`,
    // A condition holds calls, which may hold calls again.
    String.raw`\bfind \{(?<table>\w+)\} (?<tableAs>\w+) \((?<condition>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)`,
    String.raw`\bcolumns\((?<asked>[\w.,\s]+)\)`,
    String.raw`\bcollect\((?<collected>[\w.]+) (?<source>from (?:[^()]|\([^()]*\))*)\)`,
    String.raw`\b(?<called>among|same|contains|sorted|json)\((?<first>:?[\w.]+(?: ->> '\w+')?)(?:, (?<second>:?[\w.]+)(?: (?<type>\w+))?)?\)`,
    String.raw`(?<![:\w]):(?<name>[A-Za-z_]\w*)`,
    String.raw`\{(?<locking>lock|hold|turn) (?<lockedAs>\w+)\}`,
    String.raw`\{(?<braced>\w+)\}`,
    "'(?:[^']|'')*'",
  ].join('|'),
  'g',
)

/** `single`: whether the arrays for `among` have one element, for which a store may have a text of its own. */
export function compile(text: string, dialect: Dialect, prefix: string, single = false): Compiled {
  const names: string[] = []
  const rows = new Set<string>()
  const arrays = new Set<string>()
  let selected: Selected[] | undefined
  const parameter = (name: string): string => {
    let position = dialect.numbered ? names.indexOf(name) : -1
    if (position < 0) position = names.push(name) - 1
    return dialect.parameter(position + 1)
  }
  const operand = (text: string): string => (text.startsWith(':') ? parameter(text.slice(1)) : text)
  const call = (name: string, first: string, second: string, type: string | undefined): string => {
    switch (name) {
      case 'among':
        arrays.add(second.slice(1))
        return dialect.among(first, operand(second), type ?? 'text', single)
      case 'same':
        return dialect.same(first, operand(second))
      case 'contains':
        return dialect.contains(first, operand(second))
      case 'sorted':
        return dialect.sorted(first)
      default:
        return dialect.asJson(operand(first))
    }
  }
  const compiled = (part: string): string =>
    part.replace(MARKER, (marker, ...found) => {
      const { bound, boundBy, each, eachType, eachAs, list, columns, listAs, table, tableAs, condition } =
        groupsOf(found)
      const { asked, collected, source, called, first, second, type, name } = groupsOf(found)
      const { locking, lockedAs, braced } = groupsOf(found)
      if (bound) return `${bound} ${dialect.bound(parameter(boundBy))}`
      if (each) return dialect.each(parameter(each), eachType, eachAs)
      if (list) {
        rows.add(list)
        return dialect.rows(parameter(list), readColumns(columns), listAs)
      }
      if (table) return dialect.find(prefix + table, tableAs, compiled(condition))
      if (asked) {
        selected = readSelected(asked)
        return dialect.columns(selected)
      }
      if (collected) return dialect.collect(collected, compiled(source))
      if (called) return call(called, first, second, type)
      if (name) return parameter(name)
      if (locking) return dialect.lock(locking as Locking, lockedAs)
      if (braced === 'position') return dialect.position
      return braced ? prefix + braced : marker
    })
  const sql = compiled(text)
  return { sql, names, rows, arrays, columns: selected?.map(({ name }) => name) }
}

/** Those of one alternative are there together, so what is asked for after the first of them is there. */
type Groups = Readonly<Record<MarkerGroup, string>>
type MarkerGroup =
  | 'bound'
  | 'boundBy'
  | 'each'
  | 'eachType'
  | 'eachAs'
  | 'list'
  | 'columns'
  | 'listAs'
  | 'table'
  | 'tableAs'
  | 'condition'
  | 'asked'
  | 'collected'
  | 'source'
  | 'called'
  | 'first'
  | 'second'
  | 'type'
  | 'name'
  | 'locking'
  | 'lockedAs'
  | 'braced'

/** A pattern's named groups, which come last. */
function groupsOf(found: readonly unknown[]): Groups {
  return found.at(-1) as Groups
}

function readSelected(text: string): Selected[] {
  return text.split(',').map((part) => {
    const column = part.trim()
    return { column, name: column.slice(column.indexOf('.') + 1) }
  })
}

function readColumns(text: string): Column[] {
  return text.split(',').map((column) => {
    const [name = '', type = 'text'] = column.trim().split(' ')
    return { name, type }
  })
}
