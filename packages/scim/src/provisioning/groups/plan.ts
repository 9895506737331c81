import type { ChangePerson } from '../../store/changes.ts'
import type { GroupRow } from '../../store/groups.ts'
import { memberKeys } from '../../store/memberships.ts'
import { knownIds } from '../../store/people.ts'
import { inPieces } from '../../store/pieces.ts'
import type { Reader } from '../../store/store.ts'
import type { Named } from './steps.ts'
import { withoutTwins } from './twins.ts'

/**
 * What replacing the members of a group comes to. Computed before the transaction, so that others do not wait for the
 * comparison of two large sets, it holds as long as the group's version does, which is raised also where a member's id
 * changes. Whom an id means that is no member's can change without the group: so ids to be added stay ids, and are looked
 * up in the transaction.
 */
export interface Plan {
  readonly version: number
  /** Wanted, and no members yet. */
  readonly added: Named
  readonly removed: readonly ChangePerson[]
}

interface Replacement {
  readonly wanted: Named
  /** Ids that later operations of the request take out again. */
  readonly removed?: Named
  /** Of the operation that asks for it; a PUT has none. */
  readonly index?: number | null
}

/** As a delta to nobody. */
export function replaced({ wanted, removed = new Map() }: Replacement): { added: Named; removed: Named } {
  return { added: wanted, removed }
}

/** Compares what is wanted with what is stored. */
export async function planReplacement(
  reader: Reader,
  workspace: number,
  group: GroupRow,
  replacement: Replacement,
): Promise<Plan> {
  const { index = null } = replacement
  const { added: wanted } = await withoutTwins(
    replaced(replacement),
    (ids) => knownIds(reader, workspace, ids),
    reader.dialect.piece,
  )
  const left = new Set(await memberKeys(reader, workspace, group.key))
  const kept = new Set<number>()
  const added = new Map<string, number | null>()
  await inPieces(wanted, reader.dialect.piece, async (piece) => {
    const known = await knownIds(
      reader,
      workspace,
      piece.map(([id]) => id),
    )
    for (const [id, operation] of piece) {
      const key = known.get(id)?.key
      // Two ids can name the same member.
      if (key !== undefined && left.delete(key)) kept.add(key)
      else if (key === undefined || !kept.has(key)) added.set(id, operation)
    }
  })
  return { version: group.version, added, removed: Array.from(left, (person) => ({ person, operation: index })) }
}
