import { PERSON_COLUMNS, type PersonRow, PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'
import { inWindows, WINDOW } from './windows.ts'

/** People as an admin looks for them: `search` is folded, and part of the userName or of the name that is shown. */
export interface PeoplePage {
  readonly search: string
  /** An id. */
  readonly after: string
  readonly limit: number
}

/** SQL: whether the person `p` is called as `search` says. */
export const CALLED = `(:search = '' or contains(p.name, :search) or contains(p.search ->> 'shown', :search))`

const end = statement<{ id: string }>(`
  select p.id from {people} p where p.workspace_id = :workspace and p.id > :after
  order by p.id limit :one offset :window`)
const page = statement<PersonRow>(`
  select ${PERSON_COLUMNS} from {people} p
  where p.workspace_id = :workspace and p.state >= :least and p.id > :after and p.id <= :end and ${CALLED}
  order by p.id limit :limit`)
// An index holds those of these states alone, in the order of keys: what is read of them first is no more than the id.
const some = (condition: string) =>
  statement<PersonRow>(`
    select ${PERSON_COLUMNS} from {people} p
    where p.workspace_id = :workspace and p.key in
      (select q.key from {people} q where q.workspace_id = :workspace and ${condition} and q.id > :after
        and ${CALLED.replaceAll('p.', 'q.')} order by q.id limit :limit)
    order by p.id`)
const pending = some(`q.state < 3 and q.state = ${PersonState.pending}`)
const suspended = some(`q.suspended = 1 and q.state >= ${PersonState.pending}`)

/** People in the order of their ids: of all states that somebody stands behind, or of one. */
export async function peoplePage(
  reader: Reader,
  workspace: number,
  state: 'account' | 'pending' | 'suspended' | undefined,
  { search, after, limit }: PeoplePage,
): Promise<PersonRow[]> {
  if (state === 'pending') return reader.all(pending, { workspace, search, after, limit })
  if (state === 'suspended') return reader.all(suspended, { workspace, search, after, limit })
  const least = state === 'account' ? PersonState.account : PersonState.pending
  const { rows } = await inWindows<PersonRow, string>(
    {
      end: async (from) => (await reader.get(end, { workspace, after: from, one: 1, window: WINDOW - 1 }))?.id,
      rows: (from, until, left) =>
        reader.all(page, { workspace, least, after: from, end: until ?? '~', search, limit: left }),
      place: ({ id }) => id,
    },
    { after, limit },
  )
  return rows
}
