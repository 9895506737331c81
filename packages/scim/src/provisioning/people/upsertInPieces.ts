import { fold } from '../../base/fold.ts'
import { PersonState } from '../../store/people.ts'
import { type Call, type Context, peopleScope } from '../call.ts'
import { AllRows } from './allRows.ts'
import { decide, type Fate } from './fates.ts'
import type { PreparedAccount } from './prepare.ts'
import { type Upserted, upsertAccounts } from './upsert.ts'

/** Rows of one transaction. */
export const PIECE = 1_000

/**
 * Adds and updates any number of accounts, in pieces with a transaction each, so that providers do not wait for all of
 * them. Every row is decided on before the first piece, and refused rows refuse the call; only what somebody else writes
 * meanwhile can refuse a later piece, and then the call can be repeated. Rows that take each other's names over are one
 * piece whatever their number.
 */
export async function upsertInPieces(
  context: Context,
  call: Call,
  inputs: readonly PreparedAccount[],
  onProgress: (stored: number) => void = () => {},
): Promise<Upserted> {
  const fates = await decide(context.store, call.workspace.key, inputs)
  const all = new AllRows(inputs)
  const ids: string[] = []
  const total = { created: 0, updated: 0, unchanged: 0 }
  let stored = 0
  for (const piece of piecesOf(inputs, nameTakers(fates))) {
    const upserted = await context.store.write(
      (writer) => upsertAccounts(writer, call, piece, { all }),
      peopleScope(call),
    )
    for (const [position, { index }] of piece.entries()) ids[index] = upserted.ids[position] as string
    total.created += upserted.created
    total.updated += upserted.updated
    total.unchanged += upserted.unchanged
    stored += piece.length
    onProgress(stored)
  }
  return { ids: inputs.map(({ index }) => ids[index] as string), ...total }
}

/** Rows that want a name which the account of another row has, and those other rows. */
function nameTakers(fates: readonly Fate[]): Set<number> {
  const holders = new Map<string, number>()
  for (const { input, before } of fates) {
    if (before?.state === PersonState.account && before.user_name !== null)
      holders.set(fold(before.user_name), input.index)
  }
  const together = new Set<number>()
  for (const { input } of fates) {
    const holder = holders.get(input.name)
    if (holder === undefined || holder === input.index) continue
    together.add(holder)
    together.add(input.index)
  }
  return together
}

function piecesOf(inputs: readonly PreparedAccount[], together: ReadonlySet<number>): PreparedAccount[][] {
  const first = inputs.filter(({ index }) => together.has(index))
  const others = inputs.filter(({ index }) => !together.has(index))
  const pieces = first.length > 0 ? [first] : []
  for (let start = 0; start < others.length; start += PIECE) pieces.push(others.slice(start, start + PIECE))
  return pieces
}
