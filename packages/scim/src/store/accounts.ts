import { type PersonRow, PersonState } from './people.ts'
import { statement } from './statement.ts'
import type { Reader } from './store.ts'

/** What the host application said of a person. */
export type AccountRow = Pick<PersonRow, 'key' | 'id' | 'user_name' | 'display_name' | 'emails'>

const page = statement<AccountRow>(`
  select p.key, p.id, p.user_name, p.display_name, p.emails from {people} p
  where p.workspace_id = :workspace and p.id > :after and p.state = ${PersonState.account}
  order by p.id limit :limit`)

/** Accounts in the order of their ids, after the id `after`. */
export function accountsPage(
  reader: Reader,
  workspace: number,
  { after, limit }: { after: string; limit: number },
): Promise<AccountRow[]> {
  return reader.all(page, { workspace, after, limit })
}
