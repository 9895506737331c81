import { groupNamesByIds } from '../store/groups.ts'
import { peopleByIds } from '../store/people.ts'
import type { Reader } from '../store/store.ts'

/** What people call those whom entries are about, as of now; who is gone is missing. */
export interface ActivityNames {
  readonly groups: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
}

interface Subject {
  readonly groupId: string | null
  readonly personId: string | null
}

/** Two statements, however many entries. */
export async function namesOf(reader: Reader, workspace: number, entries: readonly Subject[]): Promise<ActivityNames> {
  const groups = await groupNamesByIds(reader, workspace, distinct(entries.map(({ groupId }) => groupId)))
  const people = await peopleByIds(reader, workspace, distinct(entries.map(({ personId }) => personId)))
  return {
    groups: new Map(groups.map(({ id, display_name }) => [id, display_name])),
    people: new Map(people.map(({ id, shown_name }) => [id, shown_name ?? id])),
  }
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null)
}
