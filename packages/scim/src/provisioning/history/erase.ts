import { newId } from '../../base/ids.ts'
import { activityAfter } from '../../store/activity.ts'
import {
  aliasesOf,
  detailsOfPerson,
  forgetAliases,
  isInHistory,
  rewriteActivity,
  rewriteDetails,
} from '../../store/erase.ts'
import { deletePerson, lockPeople, type PersonRow, PersonState, updatePeople } from '../../store/people.ts'
import type { Writer } from '../../store/store.ts'
import { type Call, type Context, peopleScope } from '../call.ts'
import { leaveGroups, recordPeopleChange } from '../people/changes.ts'
import { emptyPerson } from '../people/save.ts'
import { unknownPerson } from './refused.ts'
import { namesOfPerson, Scrubber } from './scrub.ts'
import { findPerson } from './subjects.ts'

/** What is left of an erased person. */
export interface Erased {
  /** By which history names the person from now on; missing where history knows nothing of the person. */
  readonly id: string | null
  /** How many groups the person was in. */
  readonly groups: number
  /** Activity entries whose texts were replaced. */
  readonly activity: number
}

/** Activity read and rewritten in one transaction. */
const PIECE = 500

/**
 * Replaces a person's names everywhere: nothing but a neutral id stays, and that only where history needs it. The person
 * leaves all groups. A provider that names the old id again names a stranger.
 */
export async function erasePerson(context: Context, call: Call, person: string): Promise<Erased> {
  const neutral = newId('usr', call.at)
  const { scrubber, ...left } = await context.store.write(async (writer) => {
    const row = await findPerson(writer, call.workspace.key, person)
    if (!row) throw unknownPerson(person)
    return eraseRow(writer, call, row, neutral)
  }, peopleScope(call))
  const activity = await eraseActivity(context, call.workspace.key, scrubber)
  await context.store.scrub()
  return { ...left, activity }
}

async function eraseRow(writer: Writer, call: Call, row: PersonRow, neutral: string) {
  const workspace = call.workspace.key
  const ids = [row.id, ...(await aliasesOf(writer, workspace, row.key))]
  const scrubber = new Scrubber(ids, namesOfPerson(row), neutral)
  await lockPeople(writer, workspace, [row.key])
  const groups = await leaveGroups(writer, call, row.key, 'person_erased')
  const known = await isInHistory(writer, workspace, row.key)
  if (known && row.state >= PersonState.pending) await recordPeopleChange(writer, call, 'person_removed', [row.key])
  await emptyPerson(writer, workspace, row, PersonState.removed, call.at)
  await forgetAliases(writer, workspace, row.key)
  for (const { key, details } of await detailsOfPerson(writer, workspace, row.key)) {
    const scrubbed = scrubber.json(details)
    if (scrubbed !== details) await rewriteDetails(writer, workspace, { key, details: scrubbed })
  }
  if (known) await rename(writer, workspace, row, neutral, call.at)
  else await deletePerson(writer, workspace, row.key)
  return { scrubber, id: known ? neutral : null, groups }
}

async function rename(writer: Writer, workspace: number, row: PersonRow, id: string, at: number): Promise<void> {
  const nothing = { user_name: null, display_name: null, emails: null, record: null, name: null, shown_name: null }
  const tombstone = { ...row, ...nothing, external_id: null, search: null, suspended: 0, state: PersonState.removed }
  await updatePeople(writer, workspace, [{ ...tombstone, id, version: row.version + 2, updated_at: at }])
}

/** Erasing is rare: it reads all activity, in pieces between which others write. */
async function eraseActivity(context: Context, workspace: number, scrubber: Scrubber): Promise<number> {
  let rewritten = 0
  let after: string | undefined = ''
  while (after !== undefined) {
    const start: string = after
    const piece = await context.store.write(async (writer) => {
      const rows = await activityAfter(writer, workspace, { after: start, limit: PIECE })
      const changed = rows
        .map((row) => ({ row, scrubbed: scrubber.activity(row) }))
        .filter(({ row, scrubbed }) => JSON.stringify(row) !== JSON.stringify(scrubbed))
      for (const { scrubbed } of changed) await rewriteActivity(writer, scrubbed)
      return { last: rows.length < PIECE ? undefined : rows.at(-1)?.id, changed: changed.length }
    })
    rewritten += piece.changed
    after = piece.last
  }
  return rewritten
}
