import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

const add = statement<{ person_key: number }>(`
  insert into {memberships} as m (workspace_id, group_key, person_key)
  select g.workspace_id, g.key, e.value from {groups} g cross join each(:people bigint) as e
  where g.workspace_id = :workspace and g.key = :group
  on conflict do nothing
  returning person_key`)
const remove = statement<{ person_key: number }>(`
  delete from {memberships} as m
  where m.workspace_id = :workspace and m.group_key = :group and m.person_key in (select e.value from each(:people bigint) as e)
  returning person_key`)
const removeAll = statement('delete from {memberships} where workspace_id = :workspace and group_key = :group')
const keys = statement<{ list: string | null }>(`
  select json_group_array(m.person_key) as list from {memberships} m
  where m.workspace_id = :workspace and m.group_key = :group`)

/** Answers those that were no members before. */
export async function addMembers(
  writer: Writer,
  workspace: number,
  group: number,
  people: readonly number[],
): Promise<number[]> {
  const rows = await writer.all(add, { workspace, group, people })
  return rows.map((row) => row.person_key)
}

/** Answers those that were members. */
export async function removeMembers(
  writer: Writer,
  workspace: number,
  group: number,
  people: readonly number[],
): Promise<number[]> {
  const rows = await writer.all(remove, { workspace, group, people })
  return rows.map((row) => row.person_key)
}

export async function removeAllMembers(writer: Writer, workspace: number, group: number): Promise<void> {
  await writer.run(removeAll, { workspace, group })
}

export async function memberKeys(reader: Reader, workspace: number, group: number): Promise<number[]> {
  const row = await reader.get(keys, { workspace, group })
  return JSON.parse(row?.list ?? '[]') as number[]
}
