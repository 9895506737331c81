import { changesInGroup, isMemberNow, type NamedStranger, namedInGroup, strangersAfter } from '../../store/history.ts'
import { type PersonRow, PersonState } from '../../store/people.ts'
import { breathe, type Reader } from '../../store/store.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import type { HistoryPerson } from './entries.ts'
import { findGroup, findPerson, type GroupSubject, type Incarnation, incarnationsOf } from './subjects.ts'
import { type Timeline, type Turn, timelineOf } from './timeline.ts'

/** What there is to say of a person and a group; the name of its sentence. */
export type ExplanationStatus =
  | 'effective'
  | 'effective_resolved'
  | 'suspended'
  | 'suspended_by_claim'
  | 'pending'
  | 'unresolved'
  | 'account_removed'
  | 'unrecorded'
  | 'removed'
  | 'removed_by_restore'
  | 'group_deleted'
  | 'person_deleted'
  | 'person_erased'
  | 'former_deleted'
  | 'former_removed'
  | 'never'
  | 'never_unknown'
  | 'never_unknown_local'
  | 'person_unknown'
  | 'group_unknown'

export interface FormerMembership {
  readonly group: GroupSubject
  readonly sameName: boolean
  readonly sameExternalId: boolean
  readonly since: Turn | null
  readonly until: Turn | null
}

/** Why somebody is, or is not, an effective member of a group. */
export interface Explanation {
  readonly status: ExplanationStatus
  readonly asked: { readonly person: string; readonly group: string }
  readonly person: HistoryPerson | null
  readonly group: GroupSubject | null
  /** Whether SCIM shows the membership. */
  readonly member: boolean
  /** Whether the host application sees it. */
  readonly effective: boolean
  /** Beginning and end of the last time in the group. */
  readonly since: Turn | null
  readonly until: Turn | null
  readonly resolved: Turn | null
  readonly suspended: Turn | null
  readonly accountRemoved: Turn | null
  /** Memberships in groups that had the same name or externalId and are gone, the newest first. */
  readonly former: readonly FormerMembership[]
  /** Ids that nobody stands behind and that the group was given, those named last: one of them may mean the person. */
  readonly unknownIds: readonly { readonly id: string; readonly at: number; readonly request: string | null }[]
}

const UNKNOWN_IDS = 5
/** Unknown ids of the workspace between two turns of the loop. */
const PIECE = 1_000

const NOTHING = {
  member: false,
  effective: false,
  since: null,
  until: null,
  resolved: null,
  suspended: null,
  accountRemoved: null,
  former: [],
  unknownIds: [],
} as const

/** Looks up, by index alone, why a person has access by a group or has not. */
export async function explain(
  reader: Reader,
  workspace: WorkspaceRow,
  personAsked: string,
  groupAsked: string,
): Promise<Explanation> {
  const asked = { person: personAsked, group: groupAsked }
  const group = (await findGroup(reader, workspace.key, groupAsked)) ?? null
  const row = await findPerson(reader, workspace.key, personAsked)
  const person = row ? { id: row.id, displayName: row.shown_name } : null
  if (!group) return { ...NOTHING, asked, person, group, status: 'group_unknown' }
  if (!row) return { ...NOTHING, asked, person, group, status: 'person_unknown' }
  const timeline = timelineOf(group, await changesInGroup(reader, workspace.key, row.key, group.key))
  const member = await isMemberNow(reader, workspace.key, group.key, row.key)
  const status = member ? memberStatus(row, timeline, workspace) : endStatus(timeline)
  const former = await formerMemberships(reader, workspace.key, row, group)
  const { since, until, resolved, suspended, accountRemoved } = timeline
  const effective = member && row.state === PersonState.account && !isSuspended(row, workspace)
  const known = { asked, person, group, member, effective, since, until, resolved, suspended, accountRemoved, former }
  if (status !== 'never') return { ...known, unknownIds: [], status }
  const unknownIds = await unknownIn(reader, workspace.key, group)
  return { ...known, unknownIds, status: neverStatus(former, unknownIds) }
}

function memberStatus(row: PersonRow, timeline: Timeline, workspace: WorkspaceRow): ExplanationStatus {
  if (timeline.balance <= 0) return 'unrecorded'
  if (row.state === PersonState.unresolved) return 'unresolved'
  if (row.state === PersonState.removed) return timeline.accountRemoved ? 'account_removed' : 'unresolved'
  if (row.state === PersonState.pending) return 'pending'
  if (!isSuspended(row, workspace)) return timeline.resolved ? 'effective_resolved' : 'effective'
  if (!timeline.suspended) return 'unrecorded'
  return timeline.suspended.request === null ? 'suspended_by_claim' : 'suspended'
}

function isSuspended(row: PersonRow, workspace: WorkspaceRow): boolean {
  return row.suspended === 1 && workspace.suspended !== 'ignore'
}

function endStatus({ until }: Timeline): ExplanationStatus {
  if (!until) return 'never'
  if (until.kind === 'group_deleted') return 'group_deleted'
  if (until.details?.restored !== undefined) return 'removed_by_restore'
  const because = until.details?.because
  return because === 'person_deleted' || because === 'person_erased' ? because : 'removed'
}

function neverStatus([earlier]: readonly FormerMembership[], [unknown]: Explanation['unknownIds']): ExplanationStatus {
  if (earlier) return earlier.until?.kind === 'group_deleted' ? 'former_deleted' : 'former_removed'
  if (!unknown) return 'never'
  return unknown.request === null ? 'never_unknown_local' : 'never_unknown'
}

async function formerMemberships(
  reader: Reader,
  workspace: number,
  person: PersonRow,
  group: GroupSubject,
): Promise<FormerMembership[]> {
  const found: FormerMembership[] = []
  for (const other of await incarnationsOf(reader, workspace, group)) {
    if (other.deletedAt === null) continue
    const { since, until } = timelineOf(other, await changesInGroup(reader, workspace, person.key, other.key))
    if (since) found.push({ ...sharedWith(other), since, until })
  }
  return found
}

function sharedWith({ sameName, sameExternalId, ...group }: Incarnation) {
  return { group, sameName, sameExternalId }
}

/**
 * A provider that names a wrong id means somebody: whoever asks about that person should see the id. Looked for among the
 * unknown ids, which are few, rather than among the changes or members of the group, of which there may be any number.
 */
async function unknownIn(reader: Reader, workspace: number, group: GroupSubject): Promise<Explanation['unknownIds']> {
  let latest: NamedStranger[] = []
  let after: number | undefined = 0
  while (after !== undefined) {
    const people: number[] = await strangersAfter(reader, workspace, { after, limit: PIECE })
    const named = await namedInGroup(reader, workspace, group.key, { people, limit: UNKNOWN_IDS })
    latest = [...latest, ...named].sort((left, right) => right.key - left.key).slice(0, UNKNOWN_IDS)
    after = people.length < PIECE ? undefined : people.at(-1)
    await breathe()
  }
  return latest.map(({ id, at, request }) => ({ id, at, request }))
}
