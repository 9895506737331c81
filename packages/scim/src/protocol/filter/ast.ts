/**
 * A filter (RFC 7644 §3.4.2.2) as frozen plain data. Names are canonical once a filter has been resolved against a
 * resource type: `USERNAME` reads `userName`, a core schema's URN prefix is gone, an extension's stays in `schema`.
 */
export type Filter =
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: CompareOperator
      readonly value: FilterValue
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'and'; readonly operands: readonly Filter[] }
  | { readonly kind: 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  /** `emails[type eq "work"]`: some one value of the attribute fulfils the whole inner filter. */
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter }

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

export type FilterValue = string | number | boolean | null

/** `schema` is set for an attribute of an extension, `sub` for a sub-attribute; inside a value path, `attribute` is the sub-attribute. */
export interface AttributePath {
  readonly schema?: string
  readonly attribute: string
  readonly sub?: string
}
