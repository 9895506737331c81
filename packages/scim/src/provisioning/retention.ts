import { DAY } from '../base/clock.ts'
import { pruneActivity } from '../store/activity.ts'
import { forgottenPending, PersonState } from '../store/people.ts'
import type { Writer } from '../store/store.ts'
import { allWorkspaces } from '../store/workspaces.ts'
import type { Call, Context } from './call.ts'
import { recordPeopleChange } from './people/changes.ts'
import { emptyPerson } from './people/save.ts'

/** Rows pruned before other writers have their turn; people take more statements each. */
const PIECE = 1_000
const PEOPLE = 100

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
    const call = { workspace, actor: { kind: 'system', label: 'retention' }, request: null, at: now } as const
    let after: string | undefined = ''
    while (after !== undefined) {
      const start: string = after
      const people = await context.store.write((writer) => forgetPending(writer, call, pendingBefore, start))
      pruned.pending += people.length
      after = people.at(-1)
    }
  }
  return pruned
}

/** Chooses and forgets within one transaction, so that nobody is forgotten who becomes a member meanwhile. */
async function forgetPending(writer: Writer, call: Call, before: number, after: string): Promise<string[]> {
  const people = await forgottenPending(writer, call.workspace.key, { before, after, limit: PEOPLE })
  for (const person of people) {
    await recordPeopleChange(writer, call, 'person_removed', [person.key], { id: person.id })
    await emptyPerson(writer, call.workspace.key, person, PersonState.removed, call.at)
  }
  return people.map(({ id }) => id)
}
