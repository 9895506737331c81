import type { KnownId } from '../../store/people.ts'
import { inPieces, PIECE } from '../../store/pieces.ts'
import type { Named } from './steps.ts'

interface Delta {
  readonly added: Named
  readonly removed: Named
}

/**
 * An id and a former id name one person: where a request adds by the one and removes by the other, the later operation
 * decides, as it does where both use the same id. `find` answers whom ids mean, as many at a time as `size` says.
 */
export async function withoutTwins(
  { added, removed }: Delta,
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, KnownId>>,
  size = PIECE,
): Promise<Delta> {
  if (added.size === 0 || removed.size === 0) return { added, removed }
  const leaving = new Map<number, string[]>()
  await inPieces(removed.keys(), size, async (piece) => {
    const known = await find(piece)
    for (const id of piece) {
      const key = known.get(id)?.key
      if (key !== undefined) leaving.set(key, [...(leaving.get(key) ?? []), id])
    }
  })
  const [coming, going] = [new Map(added), new Map(removed)]
  await inPieces(added, size, async (piece) => {
    const known = await find(piece.map(([id]) => id))
    for (const [id, operation] of piece) {
      const twins = leaving.get(known.get(id)?.key ?? Number.NaN) ?? []
      if (twins.some((twin) => (removed.get(twin) ?? 0) > (operation ?? 0))) coming.delete(id)
      else for (const twin of twins) going.delete(twin)
    }
  })
  return { added: coming, removed: going }
}
