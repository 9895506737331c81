import { DAY } from '../base/clock.ts'
import { pruneActivity } from '../store/activity.ts'
import { pruneHolds } from '../store/holds.ts'
import { SERVICE } from '../store/owned.ts'
import { forgottenPending, type PersonRow, PersonState } from '../store/people.ts'
import { lockPeople } from '../store/personLocks.ts'
import type { Writer } from '../store/store.ts'
import { allWorkspaces } from '../store/workspaces.ts'
import { forgetAudit } from './audit/audit.ts'
import { type Call, type Context, peopleScope } from './call.ts'
import { recordPeopleChange } from './people/changes.ts'
import { emptyPerson } from './people/save.ts'

/** Rows pruned before other writers have their turn; people take more statements each. */
const PIECE = 1_000
const PEOPLE = 100

/** Forgets what is past its time: activity, the audit trail, and pending people without memberships. Answers how much of each. */
export async function prune(context: Context): Promise<{ activity: number; pending: number; audit: number }> {
  const now = context.clock()
  const pruned = { activity: 0, pending: 0, audit: await forgetAudit(context, SERVICE, PIECE) }
  for (const workspace of await allWorkspaces(context.store)) {
    const before = now - workspace.activity_days * DAY
    let piece: number
    do {
      piece = await context.store.write((writer) => pruneActivity(writer, workspace.key, before, PIECE))
      pruned.activity += piece
    } while (piece > 0)
    pruned.audit += await forgetAudit(context, workspace.key, PIECE)
    do piece = await context.store.write((writer) => pruneHolds(writer, workspace.key, before, PIECE))
    while (piece > 0)
    const pendingBefore = now - workspace.pending_days * DAY
    const call = { workspace, actor: { kind: 'system', label: 'retention' }, request: null, at: now } as const
    let after: string | undefined = ''
    while (after !== undefined) {
      const start: string = after
      const { forgotten, last } = await context.store.write(
        (writer) => forgetPending(writer, call, pendingBefore, start),
        peopleScope(call),
      )
      pruned.pending += forgotten
      after = last
    }
  }
  return pruned
}

interface Forgotten {
  readonly forgotten: number
  /** The id of the last one looked at; none where nobody is left. */
  readonly last: string | undefined
}

/**
 * Chooses and forgets within one transaction, so that nobody is forgotten who becomes a member meanwhile: who is locked, and
 * is still to be forgotten, stays so.
 */
async function forgetPending(writer: Writer, call: Call, before: number, after: string): Promise<Forgotten> {
  const page = { before, after, limit: PEOPLE }
  const people = await forgottenPending(writer, call.workspace.key, page)
  await lockPeople(writer, call.workspace.key, people.map(keyOf))
  const still = new Set((await forgottenPending(writer, call.workspace.key, page)).map(keyOf))
  const forgotten = people.filter((person) => still.has(person.key))
  for (const person of forgotten) {
    await recordPeopleChange(writer, call, 'person_removed', [person.key], { id: person.id })
    await emptyPerson(writer, call.workspace.key, person, PersonState.removed, call.at)
  }
  return { forgotten: forgotten.length, last: people.at(-1)?.id }
}

function keyOf({ key }: PersonRow): number {
  return key
}
