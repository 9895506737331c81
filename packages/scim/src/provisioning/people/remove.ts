import { knownIds, type PersonRow, PersonState, peopleByIds, personById } from '../../store/people.ts'
import type { Reader, Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import { recordPeopleChange } from './changes.ts'
import { emptyPerson } from './save.ts'

/** Takes accounts away: their memberships become unresolved, and of each person a tombstone of the id alone stays. */
export async function removeAccounts(writer: Writer, call: Call, ids: readonly string[]): Promise<string[]> {
  const rows = await named(writer, call.workspace.key, ids)
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

/** By the id or a former one, in the order given; each person once. */
async function named(reader: Reader, workspace: number, ids: readonly string[]): Promise<PersonRow[]> {
  const byId = new Map((await peopleByIds(reader, workspace, ids)).map((row) => [row.id, row]))
  const others = ids.filter((id) => !byId.has(id))
  const former = others.length === 0 ? [] : (await knownIds(reader, workspace, others)).keys()
  for (const id of former) {
    const row = await personById(reader, workspace, id)
    if (row) byId.set(id, row)
  }
  const people = ids.map((id) => byId.get(id)).filter((row) => row !== undefined)
  return [...new Map(people.map((row) => [row.key, row])).values()]
}
