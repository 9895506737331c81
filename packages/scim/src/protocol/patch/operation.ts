import type { JsonObject } from '../../base/json.ts'
import type { AttributePath, Filter } from '../filter/ast.ts'

/**
 * What a PATCH, or any dialect of one, asks of a group. `index` is the zero-based position of the operation in the
 * request that it came from. Ids are well-formed person ids, without duplicates, in the order sent.
 */
export type GroupOperation =
  | { readonly kind: 'setDisplayName'; readonly index: number; readonly displayName: string }
  /** `null` clears. */
  | { readonly kind: 'setExternalId'; readonly index: number; readonly externalId: string | null }
  | { readonly kind: 'addMembers'; readonly index: number; readonly ids: readonly string[] }
  /** Ids that are unknown or no members are no error. */
  | { readonly kind: 'removeMembers'; readonly index: number; readonly ids: readonly string[] }
  | { readonly kind: 'replaceMembers'; readonly index: number; readonly ids: readonly string[] }
  /** `members[…]` with a filter that is more than a list of ids. */
  | { readonly kind: 'removeMatchingMembers'; readonly index: number; readonly filter: Filter }

/** What a PATCH asks of a user's record: attributes are canonical, values have their schema's types. */
export interface UserOperation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly index: number
  readonly path: AttributePath
  /** The value filter of `emails[type eq "work"].value`. */
  readonly filter?: Filter
  readonly value?: JsonObject[string]
}

/** What reading a body found out beside the operations; shown in the activity entry. */
export interface Reading {
  /** Names of the dialect rules that were needed, each once. */
  readonly rules: readonly string[]
  /** Attributes that were sent and passed over, each once. */
  readonly ignored: readonly string[]
}
