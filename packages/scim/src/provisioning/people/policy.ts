import { recordSuspendedPeople, suspendedCount } from '../../store/changes.ts'
import type { Writer } from '../../store/store.ts'
import { type Call, changeOf } from '../call.ts'

/**
 * The workspace decides anew whether `active: false` takes the effect from memberships: a change of everybody who is
 * suspended, so that history and feed know of it. Without anybody there is nothing to tell.
 */
export async function recordSuspensionPolicy(writer: Writer, call: Call, from: string, to: string): Promise<void> {
  const workspace = call.workspace.key
  const people_count = await suspendedCount(writer, workspace)
  if (people_count === 0) return
  await recordSuspendedPeople(writer, {
    ...changeOf(call, 'suspension_policy_changed'),
    group_key: null,
    group_id: null,
    group_name: null,
    group_external_id: null,
    operation: null,
    people_count,
    lost: null,
    details: JSON.stringify({ from, to }),
  })
}
