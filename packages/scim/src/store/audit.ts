import { insertOwned, ownedInsertion } from './owned.ts'
import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface AuditRow {
  readonly id: string
  readonly at: number
  /** Of the workspace that it is about, which may be gone. */
  readonly slug: string | null
  readonly actor_kind: string
  readonly actor_id: string
  readonly actor_name: string
  readonly address: string | null
  readonly action: string
  readonly target: string | null
  /** {@link UNSETTLED} until it is known. */
  readonly status: number
  /** JSON. */
  readonly details: string | null
  /** 1: of a read that was answered. */
  readonly reads: 1 | null
}

/** Of a trail's list. */
export interface AuditQuery {
  readonly before?: string | undefined
  readonly reads?: boolean | undefined
  readonly limit: number
}

/** In the place of a status: what is to be done has begun, and how it ended is not known. */
export const UNSETTLED = 0

const GIVEN = [
  'id',
  'at',
  'slug',
  'actor_kind',
  'actor_id',
  'actor_name',
  'address',
  'action',
  'target',
  'status',
  'details',
  'reads',
] as const

const insert = ownedInsertion<{ readonly id: string }>('audit', GIVEN, 'id')
const list = statement<AuditRow>(`
  select ${GIVEN.map((name) => `a.${name}`).join(', ')} from {audit} a
  where a.workspace_id = :workspace and a.id < :before and (a.reads is null or :reads = 1) order by a.id desc limit :limit`)
const settle = statement(`
  update {audit} set slug = :slug, target = :target, status = :status, details = :details
  where workspace_id = :workspace and id = :id and status = ${UNSETTLED}`)
const one = statement(`select a.id from {audit} a where a.workspace_id = :workspace and a.id = :id`)
const prune = statement(`
  delete from {audit} where workspace_id = :workspace and id in
    (select id from {audit} where workspace_id = :workspace and at < :before order by id limit :limit)`)

/** Answers whether it was written: not, where the workspace is gone. */
export async function insertAudit(writer: Writer, workspace: number, row: AuditRow): Promise<boolean> {
  return (await insertOwned(writer, insert, { ...row, workspace })) !== undefined
}

/** Says how what has begun ended; answers whether there was an entry of which that was not known. */
export async function settleAudit(
  writer: Writer,
  workspace: number,
  { id, slug, target, status, details }: Pick<AuditRow, 'id' | 'slug' | 'target' | 'status' | 'details'>,
): Promise<boolean> {
  return (await writer.run(settle, { workspace, id, slug, target, status, details })) > 0
}

export async function hasAudit(reader: Reader, workspace: number, id: string): Promise<boolean> {
  return (await reader.get(one, { workspace, id })) !== undefined
}

/** The newest first, before the entry `before`; those of reads too, where that is asked for. */
export function auditBefore(
  reader: Reader,
  workspace: number,
  { before = '~', reads = false, limit }: AuditQuery,
): Promise<AuditRow[]> {
  return reader.all(list, { workspace, before, reads: reads ? 1 : 0, limit })
}

/** Deletes up to `limit` entries of before a time; answers how many. */
export function pruneAudit(writer: Writer, workspace: number, before: number, limit: number): Promise<number> {
  return writer.run(prune, { workspace, before, limit })
}
