import type { Health, Workspace } from '../../api/types.ts'

const RANK: Record<Health['state'], number> = { failing: 0, silent: 1, waiting: 2, healthy: 3, off: 4 }

/** What needs somebody comes first; beyond that the order stays. */
export function worstFirst(workspaces: readonly Workspace[]): Workspace[] {
  return workspaces.toSorted((left, right) => rankOf(left) - rankOf(right))
}

function rankOf({ health }: Workspace): number {
  return health === undefined ? RANK.off : RANK[health.state]
}
