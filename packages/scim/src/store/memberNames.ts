import type { PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** What is shown of a member. */
export interface MemberRow {
  readonly key: number
  readonly id: string
  readonly state: PersonState
  readonly shown_name: string | null
}

const names = statement<MemberRow>(`
  select columns(p.key, p.id, p.state, p.shown_name) from each(:people bigint) as e
  find {people} p (p.workspace_id = :workspace and p.key = e.value)`)

/** Whoever was erased meanwhile is missing. */
export async function memberNames(
  reader: Reader,
  workspace: number,
  people: readonly number[],
): Promise<Map<number, MemberRow>> {
  const rows = await reader.all(names, { workspace, people })
  return new Map(rows.map((row) => [row.key, row]))
}
