import { fold } from '../../base/fold.ts'
import { groupsNaming } from '../../store/memberships.ts'
import { type PersonRow, PersonState, peopleByNames, personById } from '../../store/people.ts'
import type { Reader } from '../../store/store.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'

/** What a membership counts for (DESIGN.md 4.2). */
export type MembershipState = 'effective' | 'suspended' | 'pending' | 'unresolved'

/** A group that somebody is named in, and what that counts for. */
export interface Membership {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  /** Whether a provider writes to the group. */
  readonly managed: boolean
  readonly state: MembershipState
}

export function membershipState(
  { state, suspended }: Pick<PersonRow, 'state' | 'suspended'>,
  workspace: WorkspaceRow,
): MembershipState {
  if (state < PersonState.pending) return 'unresolved'
  if (state === PersonState.pending) return 'pending'
  return suspended === 1 && workspace.suspended !== 'ignore' ? 'suspended' : 'effective'
}

/** All memberships of a person, named by id, former id or userName, or of an id that nobody stands behind. */
export async function membershipsOf(
  reader: Reader,
  workspace: WorkspaceRow,
  idOrUserName: string,
): Promise<Membership[]> {
  const row =
    (await personById(reader, workspace.key, idOrUserName)) ??
    (await peopleByNames(reader, workspace.key, [fold(idOrUserName)]))[0]
  if (!row) return []
  const state = membershipState(row, workspace)
  return (await groupsNaming(reader, workspace.key, row.key)).map((group) => ({
    id: group.id,
    displayName: group.display_name,
    externalId: group.external_id,
    managed: group.managed === 1,
    state,
  }))
}
