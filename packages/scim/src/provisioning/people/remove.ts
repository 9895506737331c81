import { PersonState, peopleByIds } from '../../store/people.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import { recordPeopleChange } from './changes.ts'
import { emptyPerson } from './save.ts'

/** Takes accounts away: their memberships become unresolved, and of each person a tombstone of the id alone stays. */
export async function removeAccounts(writer: Writer, call: Call, ids: readonly string[]): Promise<string[]> {
  const rows = await peopleByIds(writer, call.workspace.key, ids)
  const people = rows.filter(({ state }) => state >= PersonState.pending)
  await recordPeopleChange(
    writer,
    call,
    'person_removed',
    people.map(({ key }) => key),
  )
  for (const row of people) await emptyPerson(writer, call.workspace.key, row, PersonState.removed, call.at)
  return people.map(({ id }) => id)
}
