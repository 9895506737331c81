import { knownIds, type PersonRow, PersonState, peopleByIds, personById } from '../../store/people.ts'
import type { Reader, Writer } from '../../store/store.ts'
import { type Call, type Context, peopleScope } from '../call.ts'
import { recordPeopleChange } from './changes.ts'
import { emptyPeople } from './save.ts'

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
  await emptyPeople(writer, call.workspace.key, people, PersonState.removed, call.at)
  return people.map(({ id }) => id)
}

/** People of one transaction. */
const PIECE = 1_000

/** Removes any number, in pieces with a transaction each, so that providers do not wait for all of them. */
export async function removeInPieces(context: Context, call: Call, ids: readonly string[]): Promise<string[]> {
  const removed: string[] = []
  for (let start = 0; start < ids.length; start += PIECE) {
    const piece = ids.slice(start, start + PIECE)
    for (const id of await context.store.write((writer) => removeAccounts(writer, call, piece), peopleScope(call)))
      removed.push(id)
  }
  return removed
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
