import { each } from './client.ts'
import { type Stock, storedMembers } from './stock.ts'

export interface ReadBack {
  readonly subject: string
  readonly groups: number
  readonly acknowledged: number
  readonly stored: number
  /** Memberships that were acknowledged and are not there, the other way round, or there twice. */
  readonly differing: number
}

/** Reads groups back, those first that were written to the last, and holds them against what was acknowledged. */
export async function readBack(stock: Stock, cap: number): Promise<ReadBack> {
  const sum = { groups: 0, acknowledged: 0, stored: 0, differing: 0 }
  const check = async (group: string): Promise<void> => {
    const stored = await storedMembers(stock, group)
    const { acknowledged, differing } = stock.ledger.compare(group, stored)
    sum.groups += 1
    sum.acknowledged += acknowledged
    sum.stored += stored.length
    sum.differing += differing
  }
  await each(stock.ledger.groups(), 4, check, performance.now() + cap)
  return { subject: stock.subject.id, ...sum }
}

/** The floor: each acknowledged insert has left a row. */
export async function readBackFloor(stock: Stock, acknowledged: number): Promise<ReadBack> {
  const stored = (await stock.served.rows()) ?? Number.NaN
  return { subject: stock.subject.id, groups: 0, acknowledged, stored, differing: Math.abs(stored - acknowledged) }
}
