import type { ActivityRow } from './activity.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

const aliases = statement<{ id: string }>(`
  select a.id from {person_aliases} a where a.workspace_id = :workspace and a.person_key = :person order by a.id`)
const deleteAliases = statement('delete from {person_aliases} where workspace_id = :workspace and person_key = :person')
const withDetails = statement<{ key: number; details: string }>(`
  select c.key, c.details from {change_people} x
  find {changes} c (c.workspace_id = :workspace and c.key = x.change_key and c.details is not null)
  where x.workspace_id = :workspace and x.person_key = :person
  order by x.change_key`)
const updateDetails = statement(
  'update {changes} set details = :details where workspace_id = :workspace and key = :key',
)
const updateActivity = statement(`
  update {activity} set person_id = :person_id, detail = :detail, summary = :summary, ignored = :ignored, shape = :shape
  where workspace_id = :workspace and id = :id`)
const isNamed = statement<{ found: number }>(`
  select 1 as found from {change_people} x where x.workspace_id = :workspace and x.person_key = :person limit :limit`)

/** Former ids of a person. */
export async function aliasesOf(reader: Reader, workspace: number, person: number): Promise<string[]> {
  const rows = await reader.all(aliases, { workspace, person })
  return rows.map(({ id }) => id)
}

export async function forgetAliases(writer: Writer, workspace: number, person: number): Promise<void> {
  await writer.run(deleteAliases, { workspace, person })
}

/** What the changes that name a person have to say beside. */
export function detailsOfPerson(
  reader: Reader,
  workspace: number,
  person: number,
): Promise<{ key: number; details: string }[]> {
  return reader.all(withDetails, { workspace, person })
}

export async function rewriteDetails(
  writer: Writer,
  workspace: number,
  change: { readonly key: number; readonly details: string },
): Promise<void> {
  await writer.run(updateDetails, { workspace, key: change.key, details: change.details })
}

/** Puts other texts in the place of those of an entry. */
export async function rewriteActivity(
  writer: Writer,
  { workspace, id, person_id, detail, summary, ignored, shape }: ActivityRow,
): Promise<void> {
  await writer.run(updateActivity, { workspace, id, person_id, detail, summary, ignored, shape })
}

/** Whether history needs the person's row. */
export async function isInHistory(reader: Reader, workspace: number, person: number): Promise<boolean> {
  return (await reader.get(isNamed, { workspace, person, limit: 1 })) !== undefined
}
