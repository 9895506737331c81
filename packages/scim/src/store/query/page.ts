import type { AttributePath, Filter } from '../../protocol/filter/ast.ts'

/** What is asked of a list (RFC 7644 §3.4.2), with names and values resolved. */
export interface ListQuery {
  readonly filter?: Filter
  readonly sortBy?: AttributePath
  readonly descending?: boolean
  readonly page: IndexPage | CursorPage
}

/** A page of RFC 7644 §3.4.2.4. */
export interface IndexPage {
  readonly kind: 'index'
  /** From 1. */
  readonly startIndex: number
  /** From 0, for the total alone, to 1,000. */
  readonly count: number
}

/** A page of RFC 9865. */
export interface CursorPage {
  readonly kind: 'cursor'
  /** The empty text for the first page. */
  readonly cursor: string
  /** As with an {@link IndexPage}; later pages have the count of the first. */
  readonly count: number | undefined
}

export interface Page<Row> {
  /** How many there are on all pages. */
  readonly total: number
  readonly rows: readonly Row[]
  /** Where pages go by cursor and this one is not the last. */
  readonly nextCursor?: string
}

/** How many of the rows, from the first, fit on a page; one at least is always on it. */
export type Fit<Row> = (rows: readonly Row[]) => number | Promise<number>

/** The most members on a page of groups; RFC 7644 §3.4.2.4 allows fewer resources than asked for. */
export const PAGE_MEMBERS = 100_000

/** Groups that show their members: as many as have {@link PAGE_MEMBERS} together. */
export function fittingGroups(rows: readonly { readonly member_count: number }[]): number {
  let members = 0
  const beyond = rows.findIndex(({ member_count }) => {
    members += member_count
    return members > PAGE_MEMBERS
  })
  return beyond === -1 ? rows.length : beyond
}

/** Resources of bounded size, such as groups without their members. */
export function everyRow(rows: readonly unknown[]): number {
  return rows.length
}
