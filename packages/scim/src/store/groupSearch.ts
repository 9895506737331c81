import { GROUP_COLUMNS, type GroupRow } from './groups.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'
import { inWindows, WINDOW } from './windows.ts'

/** A group's place in the order of names: the first 200 characters of its folded name, which an index holds, and its key. */
export interface NamePlace {
  readonly name: string
  readonly key: number
}

/** Before every group. */
export const FIRST_NAME: NamePlace = { name: '', key: 0 }

const NAME = 'substr(g.name, 1, 200)'
const AFTER = `${NAME} >= :name and (${NAME} > :name or g.key > :key)`
const UNTIL = `(:ends = 0 or ${NAME} < :end_name or (${NAME} = :end_name and g.key <= :end_key))`

const byNameEnd = statement<NamePlace>(`
  select ${NAME} as name, g.key from {groups} g where g.workspace_id = :workspace and ${AFTER}
  order by ${NAME}, g.key limit :one offset :window`)
const byName = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from {groups} g where g.workspace_id = :workspace and ${AFTER} and ${UNTIL}
    and (:search = '' or contains(g.name, :search))
  order by ${NAME}, g.key limit :limit`)
const byIdEnd = statement<{ id: string }>(`
  select g.id from {groups} g where g.workspace_id = :workspace and g.id > :after
  order by g.id limit :one offset :window`)
const byId = statement<GroupRow>(`
  select ${GROUP_COLUMNS} from {groups} g
  where g.workspace_id = :workspace and g.id > :after and g.id <= :end and contains(g.name, :search)
  order by g.id limit :limit`)

export function namePlace({ name, key }: Pick<GroupRow, 'name' | 'key'>): NamePlace {
  return { name: Array.from(name).slice(0, 200).join(''), key }
}

/** Groups in the order of their folded names, after a place, whose name contains `search`, which is folded. */
export async function groupsByName(
  reader: Reader,
  workspace: number,
  { search, after, limit }: { search: string; after: NamePlace; limit: number },
): Promise<GroupRow[]> {
  const { rows } = await inWindows<GroupRow, NamePlace>(
    {
      end: async ({ name, key }) =>
        search === '' ? undefined : reader.get(byNameEnd, { workspace, name, key, one: 1, window: WINDOW - 1 }),
      rows: ({ name, key }, end, left) => {
        const until = { ends: end ? 1 : 0, end_name: end?.name ?? '', end_key: end?.key ?? 0 }
        return reader.all(byName, { workspace, name, key, ...until, search, limit: left })
      },
      place: namePlace,
    },
    { after, limit },
  )
  return rows
}

/** Groups in the order of their ids, whose name contains `search`, which is folded. */
export async function groupsWithName(
  reader: Reader,
  workspace: number,
  { search, after, limit }: { search: string; after: string; limit: number },
): Promise<GroupRow[]> {
  const { rows } = await inWindows<GroupRow, string>(
    {
      end: async (from) => (await reader.get(byIdEnd, { workspace, after: from, one: 1, window: WINDOW - 1 }))?.id,
      rows: (from, end, left) => reader.all(byId, { workspace, after: from, end: end ?? '~', search, limit: left }),
      place: ({ id }) => id,
    },
    { after, limit },
  )
  return rows
}
