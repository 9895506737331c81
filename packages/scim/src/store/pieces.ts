import { breathe } from './store.ts'

/** From here on, work is large: 1,000 rows are about 3 ms. */
export const PIECE = 1_000

/** Whether work on so many rows is more than one piece. */
export function isLarge(count: number): boolean {
  return count > PIECE
}

/** Does large work piece by piece, each of `size` at the most, so that other requests go on in between. */
export async function inPieces<T>(
  items: Iterable<T>,
  size: number,
  work: (piece: readonly T[]) => Promise<void>,
): Promise<void> {
  let piece: T[] = []
  for (const item of items) {
    if (piece.length === size) {
      await work(piece)
      await breathe()
      piece = []
    }
    piece.push(item)
  }
  if (piece.length > 0) await work(piece)
}

/** The same, with the answers of all pieces one behind the other. */
export async function inPiecesFlat<T, R>(
  items: readonly T[],
  size: number,
  work: (piece: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const all: R[] = []
  await inPieces(items, size, async (piece) => {
    for (const result of await work(piece)) all.push(result)
  })
  return all
}
