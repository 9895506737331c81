import { newId } from '../../base/ids.ts'
import { type PersonRow, PersonState } from '../../store/people.ts'
import { inPieces, PIECE } from '../../store/pieces.ts'
import type { AccountInput } from './account.ts'
import { heldAddresses, heldNames, type Written, writtenRow } from './view.ts'

/**
 * A row of the host's as it will be stored if nobody has the account yet, with the indexes that follow. Made before the
 * transaction, which then only looks up and writes: of 100,000 people that is half of the time that other writers wait.
 */
export interface PreparedAccount extends AccountInput {
  readonly fresh: Written
  readonly names: readonly string[]
  readonly addresses: readonly { readonly kind: number; readonly address: string }[]
}

export async function prepareAccounts(inputs: readonly AccountInput[], at: number): Promise<PreparedAccount[]> {
  const prepared: PreparedAccount[] = []
  await inPieces(inputs, PIECE, async (piece) => {
    for (const input of piece) {
      const fresh = accountRow(input, undefined, at)
      prepared.push({ ...input, fresh, names: heldNames(fresh), addresses: heldAddresses(fresh) })
    }
  })
  return prepared
}

/** The row of an account, where it was `before` or is new. */
export function accountRow(input: AccountInput, before: PersonRow | undefined, at: number): Written {
  return writtenRow({
    id: input.id ?? before?.id ?? newId('usr', at),
    state: PersonState.account,
    user_name: input.userName,
    display_name: input.displayName,
    emails: input.emails,
    record: before?.record ?? null,
    version: (before?.version ?? 0) + 1,
    created_at: before && before.state >= PersonState.pending ? before.created_at : at,
    updated_at: at,
  })
}
