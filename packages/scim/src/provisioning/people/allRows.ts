import type { AccountInput } from './account.ts'

/** All rows of a call that is stored in pieces, so that each piece is decided as if the others were in it. */
export class AllRows {
  /** Ids that rows bring. */
  readonly ids: ReadonlySet<string>
  readonly #byAddress = new Map<string, number[]>()

  constructor(inputs: readonly AccountInput[]) {
    this.ids = new Set(inputs.map(({ id }) => id).filter((id) => id !== undefined))
    for (const { index, verified } of inputs) {
      for (const address of verified) {
        const list = this.#byAddress.get(address)
        if (list) list.push(index)
        else this.#byAddress.set(address, [index])
      }
    }
  }

  /** How many rows outside of a piece have one of the addresses, verified. */
  countOutside(piece: ReadonlySet<number>, addresses: readonly string[]): number {
    const rows = new Set(addresses.flatMap((address) => this.#byAddress.get(address) ?? []))
    let count = 0
    for (const index of rows) if (!piece.has(index)) count++
    return count
  }
}
