import { knownIds } from '../../store/people.ts'
import { inPieces } from '../../store/pieces.ts'
import type { Reader } from '../../store/store.ts'
import type { Named } from './steps.ts'

interface Delta {
  readonly added: Named
  readonly removed: Named
}

/**
 * An id and a former id name one person: where a request adds by the one and removes by the other, the later operation
 * decides, as it does where both use the same id.
 */
export async function withoutTwins(reader: Reader, workspace: number, { added, removed }: Delta): Promise<Delta> {
  if (added.size === 0 || removed.size === 0) return { added, removed }
  const leaving = new Map<number, string[]>()
  await inPieces(removed.keys(), reader.dialect.piece, async (piece) => {
    for (const [id, { key }] of await knownIds(reader, workspace, piece))
      leaving.set(key, [...(leaving.get(key) ?? []), id])
  })
  const [coming, going] = [new Map(added), new Map(removed)]
  await inPieces(added, reader.dialect.piece, async (piece) => {
    const known = await knownIds(
      reader,
      workspace,
      piece.map(([id]) => id),
    )
    for (const [id, operation] of piece) {
      const twins = leaving.get(known.get(id)?.key ?? Number.NaN) ?? []
      if (twins.some((twin) => (removed.get(twin) ?? 0) > (operation ?? 0))) coming.delete(id)
      else for (const twin of twins) going.delete(twin)
    }
  })
  return { added: coming, removed: going }
}
