import { followActivity } from '../../store/activitySearch.ts'
import { aliasesOf, isInHistory, rewriteActivity } from '../../store/erase.ts'
import { deletePerson, type PersonRow, PersonState } from '../../store/people.ts'
import { lockPeople } from '../../store/personLocks.ts'
import { breathe, type Writer } from '../../store/store.ts'
import { type Call, type Context, peopleScope } from '../call.ts'
import { leaveGroups, recordPeopleChange } from '../people/changes.ts'
import { emptyPerson } from '../people/save.ts'
import { unknownPerson } from './refused.ts'
import { namesOfPerson, Scrubber } from './scrub.ts'
import { findPerson } from './subjects.ts'

/** What is left of an erased person. */
export interface Erased {
  /** The person's id, by which history goes on naming the person; missing where history knows nothing of the person. */
  readonly id: string | null
  /** How many groups the person was in. */
  readonly groups: number
  /** Activity entries whose texts were replaced. */
  readonly activity: number
}

/** Activity between two turns of the loop. */
const PIECE = 500

/**
 * Replaces a person's names everywhere, in one transaction; the person leaves all groups. What stays, where history needs
 * it, is a tombstone of the id, as after a removal: an id is given to nobody else, and the host, who knows the person by
 * it alone, reads in the feed whose memberships have ended.
 */
export async function erasePerson(context: Context, call: Call, person: string): Promise<Erased> {
  const erased = await context.store.write(async (writer) => {
    const row = await findPerson(writer, call.workspace.key, person)
    return row && eraseRow(writer, call, row)
  }, peopleScope(call))
  // For a name that is not found as well: an earlier call may have been stopped before this.
  await context.store.scrub()
  if (!erased) throw unknownPerson(person)
  return erased
}

async function eraseRow(writer: Writer, call: Call, row: PersonRow): Promise<Erased> {
  const workspace = call.workspace.key
  const ids = [row.id, ...(await aliasesOf(writer, workspace, row.key))]
  await lockPeople(writer, workspace, [row.key])
  const activity = await eraseActivity(writer, workspace, new Scrubber(ids, namesOfPerson(row)))
  const groups = await leaveGroups(writer, call, row.key, 'person_erased')
  const known = await isInHistory(writer, workspace, row.key)
  if (known && row.state >= PersonState.pending) await recordPeopleChange(writer, call, 'person_removed', [row.key])
  await emptyPerson(writer, workspace, row, PersonState.removed, call.at)
  if (!known) await deletePerson(writer, workspace, row.key)
  return { id: known ? row.id : null, groups, activity }
}

/** Erasing is rare: it reads all activity of the workspace. */
async function eraseActivity(writer: Writer, workspace: number, scrubber: Scrubber): Promise<number> {
  let rewritten = 0
  let after: string | undefined = ''
  while (after !== undefined) {
    const { rows } = await followActivity(writer, workspace, {}, { from: after, until: '~', limit: PIECE })
    for (const row of rows) {
      const scrubbed = scrubber.activity(row)
      if (!scrubbed) continue
      await rewriteActivity(writer, scrubbed)
      rewritten++
    }
    after = rows.length < PIECE ? undefined : rows.at(-1)?.id
    await breathe()
  }
  return rewritten
}
