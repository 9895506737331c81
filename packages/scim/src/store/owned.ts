import { type Parameters, type Statement, statement } from './statement.ts'
import type { Writer } from './store.ts'

/** In the place of a workspace's key, for rows that are the service's own. Keys of workspaces begin at 1. */
export const SERVICE = 0

/** A row that belongs to a workspace or to the service. */
export interface OwnedInsertion<Row> {
  readonly ofWorkspace: Statement<Row>
  readonly ofService: Statement<Row>
}

export function ownedInsertion<Row>(table: string, columns: readonly string[], returning: string): OwnedInsertion<Row> {
  const into = `insert into {${table}} as t (workspace_id, ${columns.join(', ')})`
  const values = columns.map((name) => `:${name}`).join(', ')
  return {
    ofWorkspace: statement(`
  ${into}
  select w.key, ${values} from {workspaces} w where w.key = :workspace returning ${returning}`),
    ofService: statement(`
  ${into} values (:workspace, ${values}) returning ${returning}`),
  }
}

/** Answers nothing, and has written nothing, where the workspace is gone. */
export function insertOwned<Row>(
  writer: Writer,
  { ofWorkspace, ofService }: OwnedInsertion<Row>,
  row: Parameters & { readonly workspace: number },
): Promise<Row | undefined> {
  return writer.get(row.workspace === SERVICE ? ofService : ofWorkspace, row)
}
