import { ACTIVITY_COLUMNS, type ActivityRow } from './activity.ts'
import { type Statement, statement } from './statement.ts'
import type { Reader } from './store.ts'
import { inWindows, WINDOW } from './windows.ts'

/** What entries are wanted; all that is given holds of each. */
export interface ActivityWanted {
  readonly outcome?: 'ok' | 'failed' | undefined
  readonly method?: string | undefined
  /** The ids that the person has and had. */
  readonly people?: readonly string[] | undefined
  readonly group?: string | undefined
  /** By its key. */
  readonly token?: number | undefined
  /** What it was refused for. */
  readonly problem?: string | undefined
}

export interface ActivityPlace {
  /** Entries before this id, or after it when they are read oldest first. */
  readonly from: string
  /** And not beyond this one. */
  readonly until: string
  readonly limit: number
  /** Windows to look through at the most. */
  readonly most?: number
}

/** How entries are found: the conditions that an index answers. */
const PATHS = {
  all: '',
  failed: 'and a.status >= 400',
  group: 'and a.group_id = :group',
  person: 'and among(a.person_id, :people text)',
} as const
type Path = keyof typeof PATHS

const NEWEST_FIRST = { range: 'a.id < :from and a.id >= :until', order: 'desc' }
const OLDEST_FIRST = { range: 'a.id > :from and a.id <= :until', order: 'asc' }
type Direction = typeof NEWEST_FIRST

/** What the rows of a path are asked for beside: nothing of it has an index of its own. */
const REST = `(:outcome = 0 or (:outcome = 1 and a.status < 400) or (:outcome = 2 and a.status >= 400))
    and (:method = '' or a.method = :method) and (:token = 0 or a.token_key = :token)
    and (:group = '' or a.group_id = :group) and (:problem = '' or a.problem = :problem)`

interface Search {
  readonly end: Statement<{ id: string }>
  readonly rows: Statement<ActivityRow>
}

function searchBy(path: Path, { range, order }: Direction): Search {
  const found = `{activity} a where a.workspace_id = :workspace and ${range} ${PATHS[path]}`
  return {
    end: statement(`select a.id from ${found} order by a.id ${order} limit :one offset :window`),
    rows: statement(`select ${ACTIVITY_COLUMNS} from ${found} and ${REST} order by a.id ${order} limit :limit`),
  }
}

function searches(direction: Direction): Readonly<Record<Path, Search>> {
  return {
    all: searchBy('all', direction),
    failed: searchBy('failed', direction),
    group: searchBy('group', direction),
    person: searchBy('person', direction),
  }
}

const NEWEST = searches(NEWEST_FIRST)
const OLDEST = searches(OLDEST_FIRST)

/** The newest first, before `from`; `next` is the `from` of the page after. */
export function searchActivity(reader: Reader, workspace: number, wanted: ActivityWanted, place: ActivityPlace) {
  return search(reader, workspace, NEWEST, wanted, place)
}

/** The oldest first, after `from`. */
export function followActivity(reader: Reader, workspace: number, wanted: ActivityWanted, place: ActivityPlace) {
  return search(reader, workspace, OLDEST, wanted, place)
}

function search(
  reader: Reader,
  workspace: number,
  by: Readonly<Record<Path, Search>>,
  wanted: ActivityWanted,
  { from, until, limit, most }: ActivityPlace,
): Promise<{ rows: ActivityRow[]; next: string | undefined }> {
  const path = pathOf(wanted)
  const { outcome, method = '', people = [], group = '', token = 0, problem = '' } = wanted
  const rest = { outcome: outcome === undefined ? 0 : outcome === 'ok' ? 1 : 2, method, token, problem }
  const found = { workspace, people, group }
  // Where the path is all that is asked, every row is wanted, and the limit ends the walk.
  const bounded = asksBeside(path, wanted)
  return inWindows(
    {
      end: async (after) =>
        bounded
          ? (await reader.get(by[path].end, { ...found, from: after, until, one: 1, window: WINDOW - 1 }))?.id
          : undefined,
      rows: (after, end, left) =>
        reader.all(by[path].rows, { ...found, ...rest, from: after, until: end ?? until, limit: left }),
      place: ({ id }) => id,
    },
    { after: from, limit, ...(most !== undefined && { most }) },
  )
}

function pathOf({ people, group, outcome }: ActivityWanted): Path {
  if (people !== undefined) return 'person'
  if (group !== undefined) return 'group'
  return outcome === 'failed' ? 'failed' : 'all'
}

function asksBeside(path: Path, { outcome, method, token, group, problem }: ActivityWanted): boolean {
  return (
    method !== undefined ||
    token !== undefined ||
    problem !== undefined ||
    (outcome !== undefined && path !== 'failed') ||
    (group !== undefined && path !== 'group')
  )
}
