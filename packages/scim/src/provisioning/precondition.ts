import { ScimError } from '../base/errors.ts'

/** The versions that `If-Match` names (RFC 7644 §3.14); `*` is any. */
export type Precondition = '*' | readonly number[] | undefined

/** Called within the transaction, after the row is locked. */
export function checkPrecondition(precondition: Precondition, version: number): void {
  if (precondition === undefined || precondition === '*' || precondition.includes(version)) return
  throw new ScimError('precondition_failed', { version: `W/"${version}"` })
}
