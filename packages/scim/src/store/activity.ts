import { insertion } from './insertion.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface ActivityRow {
  readonly workspace: number
  readonly id: string
  readonly at: number
  readonly last_at: number
  readonly count: number
  readonly token_key: number | null
  readonly client: string | null
  readonly address: string | null
  readonly method: string
  readonly route: string
  readonly status: number
  /** Milliseconds from the request's arrival to its outcome, without the wait for the commit. */
  readonly duration: number
  readonly problem: string | null
  readonly detail: string | null
  readonly group_id: string | null
  readonly person_id: string | null
  readonly summary: string | null
  /** JSON arrays of names. */
  readonly rules: string | null
  readonly ignored: string | null
  /** JSON: the request's body, redacted. */
  readonly shape: string | null
}

const ACTIVITY = insertion(
  'activity',
  {
    id: 'text',
    at: 'bigint',
    last_at: 'bigint',
    count: 'bigint',
    token_key: 'bigint',
    client: 'text',
    address: 'text',
    method: 'text',
    route: 'text',
    status: 'bigint',
    duration: 'float8',
    problem: 'text',
    detail: 'text',
    group_id: 'text',
    person_id: 'text',
    summary: 'text',
    rules: 'text',
    ignored: 'text',
    shape: 'text',
  },
  { conflict: 'on conflict do nothing' },
)

/** The columns of an {@link ActivityRow}, of a table named `a`. */
export const ACTIVITY_COLUMNS = `a.workspace_id as workspace, a.id, a.at, a.last_at, a.count, a.token_key, a.client, a.address, a.method,
  a.route, a.status, a.duration, a.problem, a.detail, a.group_id, a.person_id, a.summary, a.rules, a.ignored, a.shape`
const byId = statement<ActivityRow>(`
  select ${ACTIVITY_COLUMNS} from {activity} a where a.workspace_id = :workspace and a.id = :id`)
const prune = statement(`
  delete from {activity} where workspace_id = :workspace and id in
    (select id from {activity} where workspace_id = :workspace and at < :before order by id limit :limit)`)

/** An entry that is there already stays as it is: the one written with the change itself is the better one. */
export function insertActivity(writer: Writer, { workspace, ...row }: ActivityRow): Promise<void> {
  return writer.append({ insertion: ACTIVITY, workspace, row })
}

export function activityById(reader: Reader, workspace: number, id: string): Promise<ActivityRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** Deletes up to `limit` entries of before a time; answers how many. */
export function pruneActivity(writer: Writer, workspace: number, before: number, limit: number): Promise<number> {
  return writer.run(prune, { workspace, before, limit })
}

const repeat = statement(`
  update {activity} set count = count + :count, last_at = :at where workspace_id = :workspace and id = :id`)

/** Counts equal requests in the entry of the first. */
export async function repeatActivity(
  writer: Writer,
  { workspace, id, count, at }: { workspace: number; id: string; count: number; at: number },
): Promise<void> {
  await writer.run(repeat, { workspace, id, count, at })
}
