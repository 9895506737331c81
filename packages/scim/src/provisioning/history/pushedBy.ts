import type { GroupRow } from '../../store/groups.ts'
import { lastTokenOf, wasReleased } from '../../store/history.ts'
import type { Reader } from '../../store/store.ts'
import { tokensOfWorkspace } from '../../store/tokens.ts'
import type { Provider } from '../tokens/tokens.ts'

/**
 * The provider whose next push would win over what others write to a group: also to one that is released, which it takes back.
 * Told by the token that changed the group last, else by the one that was used last; null where no provider ever had the group.
 */
export async function pushedBy(reader: Reader, workspace: number, group: GroupRow): Promise<Provider | null> {
  if (group.managed === 0 && !(await wasReleased(reader, workspace, group.key))) return null
  const label = await lastTokenOf(reader, workspace, group.key)
  const tokens = await tokensOfWorkspace(reader, workspace)
  const named = tokens.filter((token) => token.label === label)
  const used = (named.length > 0 ? named : tokens).toSorted((one, other) => usedAt(one) - usedAt(other)).at(-1)
  return (used?.provider ?? 'other') as Provider
}

function usedAt({ last_used_at }: { readonly last_used_at: number | null }): number {
  return last_used_at ?? 0
}
