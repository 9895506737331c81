import type { AttributePath } from '../../protocol/filter/ast.ts'
import type { Dialect, Value } from '../statement.ts'

/** An attribute with at most one value, as an SQL expression. */
export interface Column {
  readonly kind: 'column'
  readonly sql: string
  /** A time is an integer of milliseconds, a boolean 1 or 0. */
  readonly type: 'text' | 'time' | 'boolean' | 'number'
  readonly folded?: boolean
  readonly nullable?: boolean
  /** No two resources of a workspace have the same. */
  readonly unique?: boolean
  /** An index holds it, whatever its length. */
  readonly long?: boolean
  /** An index gives the order of the rows. */
  readonly ordered?: boolean
}

/** A single-valued complex attribute. */
export interface Composite {
  readonly kind: 'composite'
  /** A condition: whether the attribute is there. */
  readonly present: string
  readonly sub: (name: string) => Column | undefined
}

/** A multi-valued attribute, as rows of a sub-select within the resource's row. */
export interface Values {
  readonly kind: 'values'
  readonly from: string
  readonly where?: string
  /** The order in which `sortBy` looks for the one value that counts. */
  readonly order: string
  /** A sub-attribute of a value; without a name, the simple value itself. */
  readonly sub: (name: string | undefined) => Column | undefined
  readonly index?: ValuesIndex
}

/** Finds resources by the `value` of one of their values, the other way round. */
export interface ValuesIndex {
  /** The key of the resource's row. */
  readonly owner: string
  /** A select of the keys of those that have the value. */
  readonly holders: (parameter: string) => string
}

export type Target = Column | Composite | Values

/** Where the attributes of a resource, or within a value path the sub-attributes of a value, are in SQL. */
export type Attributes = (path: AttributePath) => Target

/** What an SQL text in the making needs. Client values go through `bind` alone, which answers the parameter to write. */
export interface SqlContext {
  readonly dialect: Dialect
  /** Of locations, without a slash at the end. */
  readonly baseUrl: string
  bind(value: Value): string
}

/** Parameters named in the order of their use, so that filters of one shape have one text. */
export class Bindings implements SqlContext {
  readonly dialect: Dialect
  readonly baseUrl: string
  readonly parameters: Record<string, Value> = {}
  #count = 0

  constructor(dialect: Dialect, baseUrl: string) {
    this.dialect = dialect
    this.baseUrl = baseUrl
  }

  bind(value: Value): string {
    this.#count += 1
    this.parameters[`f${this.#count}`] = value
    return `:f${this.#count}`
  }
}

export function textColumn(sql: string, characteristics: Omit<Column, 'kind' | 'sql' | 'type'> = {}): Column {
  return { kind: 'column', sql, type: 'text', ...characteristics }
}

/** What a path addresses of a complex attribute: the whole of it, or the sub-attribute it names. */
export function within(composite: Composite, sub: string | undefined): Target | undefined {
  return sub === undefined ? composite : composite.sub(sub)
}

/** A filter has been resolved against the schemas before, so what is missing here is a fault of ours. */
export function found<T>(target: T | undefined, path: AttributePath): T {
  if (target === undefined) throw new Error(`there is no SQL for the attribute ${JSON.stringify(path)}`)
  return target
}
