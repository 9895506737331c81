import type { ActivityRow } from './activity.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

const aliases = statement<{ id: string }>(`
  select a.id from {person_aliases} a where a.workspace_id = :workspace and a.person_key = :person order by a.id`)
const updateActivity = statement(`
  update {activity} set detail = :detail, summary = :summary, ignored = :ignored, shape = :shape
  where workspace_id = :workspace and id = :id`)
const isNamed = statement<{ found: number }>(`
  select 1 as found from {change_people} x where x.workspace_id = :workspace and x.person_key = :person limit :limit`)

/** Former ids of a person. */
export async function aliasesOf(reader: Reader, workspace: number, person: number): Promise<string[]> {
  const rows = await reader.all(aliases, { workspace, person })
  return rows.map(({ id }) => id)
}

/** Puts other texts in the place of those of an entry. */
export async function rewriteActivity(
  writer: Writer,
  { workspace, id, detail, summary, ignored, shape }: ActivityRow,
): Promise<void> {
  await writer.run(updateActivity, { workspace, id, detail, summary, ignored, shape })
}

/** Whether history needs the person's row. */
export async function isInHistory(writer: Writer, workspace: number, person: number): Promise<boolean> {
  await writer.flush()
  return (await writer.get(isNamed, { workspace, person, limit: 1 })) !== undefined
}
