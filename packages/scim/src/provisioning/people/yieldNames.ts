import { fold } from '../../base/fold.ts'
import { type PersonRow, peopleByNames } from '../../store/people.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'
import type { Fate } from './fates.ts'
import { savePerson } from './save.ts'
import { recordOf } from './view.ts'

/**
 * An account's userName comes before one that a provider wrote to somebody else's record: there it is dropped. A pending
 * person without any name is shown by its id until the provider names it anew. Answers the fates as they stand then.
 */
export async function yieldNames(writer: Writer, call: Call, fates: readonly Fate[]): Promise<Fate[]> {
  const names = fates.map(({ input }) => input.name)
  const wanted = new Map(fates.map(({ input, before, claimed }) => [input.name, [before?.key, claimed?.key]]))
  const yielded = new Map<number, PersonRow>()
  for (const { claimed_name, ...holder } of await peopleByNames(writer, call.workspace.key, names)) {
    if (wanted.get(claimed_name)?.includes(holder.key)) continue
    const { userName, ...rest } = recordOf(holder)
    if (typeof userName !== 'string' || fold(userName) !== claimed_name) continue
    const source = { ...holder, record: JSON.stringify(rest), version: holder.version + 1, updated_at: call.at }
    yielded.set(holder.key, await savePerson(writer, call.workspace.key, holder, source))
  }
  if (yielded.size === 0) return [...fates]
  const now = (row: PersonRow | undefined): PersonRow | undefined => row && (yielded.get(row.key) ?? row)
  return fates.map(({ input, before, claimed }) => ({ input, before: now(before), claimed: now(claimed) }))
}
