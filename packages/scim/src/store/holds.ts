import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

/** A removal that the guard has held: of the same people from the same group, however often it was asked for. */
export interface HoldRow {
  readonly id: string
  readonly group_key: number
  /** Of the people whom it would take. */
  readonly digest: string
  readonly group_id: string
  readonly group_name: string
  /** Of each kind of request that asked for it, the latest first, with commas between. */
  readonly kind: string
  /** `applied`: so was an equal removal since. `lapsed`: the guard was turned off while it waited. */
  readonly status: 'open' | 'let_through' | 'turned_away' | 'applied' | 'lapsed'
  /** Effective memberships that it would end. */
  readonly losses: number
  /** What the group had lost in the ten minutes before, and how much the guard allowed, when it was asked for last. */
  readonly lost_before: number
  readonly allowed: number
  /** Losses that were admitted since it was let through. */
  readonly used: number
  readonly count: number
  readonly first_at: number
  readonly last_at: number
  /** The activity entry of the request that asked last. */
  readonly request: string | null
  readonly token_label: string
  readonly provider: string
  readonly decided_at: number | null
  readonly decided_by: string | null
}

export type HoldKind = 'members_removed' | 'group_deleted' | 'person_deleted'

/** With whether its group is gone, so that nothing can be asked of it any more. */
export type ShownHoldRow = HoldRow & { readonly gone: number }

/** What a request that was refused says of a hold. */
export type HeldRow = Omit<HoldRow, 'status' | 'used' | 'count' | 'first_at' | 'last_at' | 'decided_at' | 'decided_by'>

const COLUMNS = `id, group_key, digest, group_id, group_name, kind, status, losses, lost_before, allowed, used, count,
  first_at, last_at, request, token_label, provider, decided_at, decided_by`
const HOLD = COLUMNS.replaceAll(/\w+/g, 'h.$&')

const lost = statement<{ group_key: number; lost: number }>(`
  select c.group_key, sum(c.lost) as lost from each(:groups bigint) as e
  find {changes} c (c.workspace_id = :workspace and c.group_key = e.value and c.at > :since and c.lost > 0)
  group by c.group_key`)
const equal = statement<HoldRow>(`
  select ${HOLD} from rows(:rows group_key bigint, digest text) as r
  find {holds} h (h.workspace_id = :workspace and h.group_key = r.group_key and h.digest = r.digest)
  where h.status <> 'applied'`)
const admitting = statement<HoldRow>(`
  select ${HOLD} from each(:groups bigint) as e
  find {holds} h (h.workspace_id = :workspace and h.group_key = e.value and h.status = 'let_through'
    and h.decided_at > :since)
  where h.used < h.losses
  order by h.decided_at, h.id`)
const use = statement(`
  update {holds} as h set used = h.used + r.used from rows(:rows id text, used bigint) as r
  where h.workspace_id = :workspace and h.id = r.id`)

const settle = statement(`
  update {holds} set status = 'applied', count = count + 1, last_at = :at, request = :request
  where workspace_id = :workspace and among(id, :ids text)`)
const lapse = statement("update {holds} set status = 'lapsed' where workspace_id = :workspace and status = 'open'")

/** It has been applied since, so that this is another affair; not where the two met. */
const BEGINS_ANEW = `h.status = 'applied' and h.last_at <= excluded.last_at`
/** Who let it through has decided on another time that it was asked for: of before this one, or used since. */
const REOPENS = `(h.status = 'lapsed' or ${BEGINS_ANEW}
    or h.status = 'let_through' and (h.decided_at < excluded.last_at or h.used > 0))`
const record = statement<HoldRow>(`
  insert into {holds} as h (workspace_id, ${COLUMNS})
  select w.key, r.id, r.group_key, r.digest, r.group_id, r.group_name, r.kind, 'open', r.losses, r.lost_before, r.allowed,
    0, 1, r.at, r.at, r.request, r.token_label, r.provider, null, null
  from {workspaces} w cross join rows(:rows id text, group_key bigint, digest text, group_id text, group_name text,
    kind text, losses bigint, lost_before bigint, allowed bigint, at bigint, request text, token_label text,
    provider text) as r
  where w.key = :workspace
  on conflict (workspace_id, group_key, digest) do update set
    group_name = excluded.group_name, lost_before = excluded.lost_before, allowed = excluded.allowed,
    kind = case when ${BEGINS_ANEW} then excluded.kind
      else rtrim(excluded.kind || replace(',' || h.kind || ',', ',' || excluded.kind || ',', ','), ',') end,
    count = case when ${BEGINS_ANEW} then 1 else h.count + 1 end,
    first_at = case when ${BEGINS_ANEW} then excluded.first_at else h.first_at end,
    last_at = excluded.last_at, request = excluded.request,
    token_label = excluded.token_label, provider = excluded.provider,
    used = case when ${REOPENS} then 0 else h.used end,
    decided_at = case when ${REOPENS} then null else h.decided_at end,
    decided_by = case when ${REOPENS} then null else h.decided_by end,
    status = case when ${REOPENS} then 'open' else h.status end
  returning ${COLUMNS}`)
const EXISTS = 'exists (select 1 from {groups} g where g.workspace_id = :workspace and g.key = h.group_key)'
const SHOWN = `${HOLD}, case when ${EXISTS} then 0 else 1 end as gone`
const byId = statement<ShownHoldRow>(`
  select ${SHOWN} from {holds} h where h.workspace_id = :workspace and h.id = :id`)
const page = statement<ShownHoldRow>(`
  select ${SHOWN} from {holds} h
  where h.workspace_id = :workspace and h.id < :before and (:status = '' or h.status = :status and ${EXISTS})
  order by h.id desc limit :limit`)
const decide = statement(`
  update {holds} set status = :status, used = 0, decided_at = :at, decided_by = :by
  where workspace_id = :workspace and id = :id and status = :was`)
const prune = statement(`
  delete from {holds} where workspace_id = :workspace and id in
    (select h.id from {holds} h where h.workspace_id = :workspace and h.last_at < :before
        and (h.status <> 'turned_away' or not ${EXISTS})
      order by h.id limit :limit)`)

/** What each group has lost since a time, as far as that is written; a group that lost nothing is missing. */
export async function lostSince(
  reader: Reader,
  workspace: number,
  groups: readonly number[],
  since: number,
): Promise<Map<number, number>> {
  const rows = await reader.all(lost, { workspace, groups, since })
  return new Map(rows.map((row) => [row.group_key, row.lost]))
}

/** The holds of removals, as far as they have not been applied. */
export function equalHolds(
  reader: Reader,
  workspace: number,
  removals: readonly { readonly group_key: number; readonly digest: string }[],
): Promise<HoldRow[]> {
  return reader.all(equal, { workspace, rows: removals.map(({ group_key, digest }) => ({ group_key, digest })) })
}

/** Holds of the groups that were let through since a time and still admit something, the oldest decision first. */
export function admittingHolds(
  reader: Reader,
  workspace: number,
  groups: readonly number[],
  since: number,
): Promise<HoldRow[]> {
  return reader.all(admitting, { workspace, groups, since })
}

export async function useHolds(
  writer: Writer,
  workspace: number,
  rows: readonly { readonly id: string; readonly used: number }[],
): Promise<void> {
  await writer.run(use, { workspace, rows })
}

/** What they hold is being applied, by a request. */
export async function settleHolds(
  writer: Writer,
  workspace: number,
  settled: { readonly ids: readonly string[]; readonly at: number; readonly request: string | null },
): Promise<void> {
  await writer.run(settle, { workspace, ...settled })
}

/** Nothing waits any more, as the guard is turned off. */
export async function lapseHolds(writer: Writer, workspace: number): Promise<void> {
  await writer.run(lapse, { workspace })
}

/** Makes a hold of each removal, or joins the one that there is; answers them as they are now. */
export function recordHolds(
  writer: Writer,
  workspace: number,
  rows: readonly (HeldRow & { readonly at: number })[],
): Promise<HoldRow[]> {
  return writer.all(record, { workspace, rows: rows.map((row) => ({ ...row })) })
}

export function holdById(reader: Reader, workspace: number, id: string): Promise<ShownHoldRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** The newest first, before the hold `before`; of one status, whose groups are there, or all where it is empty. */
export function holdsPage(
  reader: Reader,
  workspace: number,
  { status, before, limit }: { status: HoldRow['status'] | ''; before: string; limit: number },
): Promise<ShownHoldRow[]> {
  return reader.all(page, { workspace, status, before, limit })
}

/** Answers whether it was still as it `was`. */
export async function decideHold(
  writer: Writer,
  workspace: number,
  decision: Pick<HoldRow, 'id' | 'status'> & {
    readonly was: HoldRow['status']
    readonly at: number
    readonly by: string
  },
): Promise<boolean> {
  return (await writer.run(decide, { workspace, ...decision })) > 0
}

/**
 * Deletes up to `limit` holds that nobody has asked for since a time; what was turned away stays so while its group is there.
 * Answers how many.
 */
export function pruneHolds(writer: Writer, workspace: number, before: number, limit: number): Promise<number> {
  return writer.run(prune, { workspace, before, limit })
}
