import { DAY } from '../base/clock.ts'
import { pruneActivity } from '../store/activity.ts'
import { forgottenPending, PersonState, personById } from '../store/people.ts'
import { allWorkspaces } from '../store/workspaces.ts'
import type { Context } from './call.ts'
import { recordPeopleChange } from './people/changes.ts'
import { emptyPerson } from './people/save.ts'

/** Rows pruned before other writers have their turn. */
const PIECE = 1_000

/** Forgets what is past its time: activity, and pending people without memberships. Answers how much of each. */
export async function prune(context: Context): Promise<{ activity: number; pending: number }> {
  const now = context.clock()
  const pruned = { activity: 0, pending: 0 }
  for (const workspace of await allWorkspaces(context.store)) {
    const before = now - workspace.activity_days * DAY
    let piece: number
    do {
      piece = await context.store.write((writer) => pruneActivity(writer, workspace.key, before, PIECE))
      pruned.activity += piece
    } while (piece > 0)
    const pendingBefore = now - workspace.pending_days * DAY
    for (const id of await forgottenPending(context.store, workspace.key, pendingBefore)) {
      const call = { workspace, actor: { kind: 'system', label: 'retention' }, request: null, at: now } as const
      await context.store.write(async (writer) => {
        const person = await personById(writer, workspace.key, id)
        if (person?.state !== PersonState.pending) return
        await recordPeopleChange(writer, call, 'person_removed', [person.key], { id })
        await emptyPerson(writer, workspace.key, person, PersonState.removed, now)
      })
      pruned.pending += 1
    }
  }
  return pruned
}
