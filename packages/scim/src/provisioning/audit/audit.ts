import { DAY } from '../../base/clock.ts'
import { newId } from '../../base/ids.ts'
import { withoutSecrets } from '../../base/secrets.ts'
import {
  type AuditQuery,
  type AuditRow,
  auditBefore,
  hasAudit,
  insertAudit,
  pruneAudit,
  settleAudit,
  UNSETTLED,
} from '../../store/audit.ts'
import { SERVICE } from '../../store/owned.ts'
import type { Writer } from '../../store/store.ts'
import { type WorkspaceRow, workspaceBySlug } from '../../store/workspaces.ts'
import type { Context } from '../call.ts'
import { type AuditTarget, shownTarget } from './target.ts'

/** Days for which the audit trail is kept. */
export const AUDIT_DAYS = 365

/** Who did it: an operator, a workspace's admin, an application with a key, a setup link. */
export interface AuditActor {
  readonly kind: string
  readonly id: string
  readonly name: string
}

/** One call of the admin API that wrote, or was refused, or the first of an hour's that read the same. */
export interface AuditEntry {
  readonly id: string
  readonly at: number
  /** The slug of the one that it is about; null: the service. */
  readonly workspace: string | null
  readonly actor: AuditActor
  readonly address: string | null
  /** What was asked for, by the name of the operation. */
  readonly action: string
  /** The id of what it was about. */
  readonly target: string | null
  /** Of the answer; null while it is being done, and for ever where the process ended in the midst of it. */
  readonly status: number | null
  /** Facts worth keeping beside; never a secret, never a body. */
  readonly details: unknown
  /** Whether it tells of reads that were answered: whoever is named read it then, and as often as they liked in that hour. */
  readonly read: boolean
}

/** What is about to be done. */
export interface AuditIntent extends Omit<AuditEntry, 'id' | 'at' | 'target' | 'details' | 'status' | 'read'> {
  /** Only ids are kept of it: whatever has another form, or is a secret, stands there as `…`. */
  readonly target: AuditTarget | null
  readonly details?: unknown
}

export interface NewAuditEntry extends AuditIntent {
  readonly status: number
  /** Kept apart from writes and refusals, which it would bury. */
  readonly read?: boolean
}

/** How something ended, and what is known of it only then; what is left out stays as it was. */
export interface AuditOutcome {
  readonly status: number
  readonly workspace?: string | null
  readonly target?: AuditTarget | null
  readonly details?: unknown
}

/** An entry of what is being done. */
export interface BegunAudit {
  readonly id: string
  /** To be called once. */
  settle(outcome: AuditOutcome): Promise<void>
}

export interface AuditPage {
  readonly entries: AuditEntry[]
  /** For the page of older ones; null where there are none. */
  readonly next: string | null
}

/**
 * Answers the entry's id. What is about a workspace that is not there, such as its removal, or a request that only named
 * one, is kept in the service's trail.
 */
export async function writeAudit(context: Context, entry: NewAuditEntry): Promise<string> {
  const row: AuditRow = { ...toRow(entry, entry.status, context.clock()), reads: entry.read ? 1 : null }
  await insert(context, row)
  return row.id
}

/**
 * Writes that something is about to be done, before it is: whatever becomes of this process, nothing was done that the trail
 * does not have.
 */
export async function beginAudit(context: Context, intent: AuditIntent): Promise<BegunAudit> {
  const begun = toRow(intent, UNSETTLED, context.clock())
  const trail = await insert(context, begun)
  return {
    id: begun.id,
    async settle({ status, workspace, target, details }) {
      const row: AuditRow = {
        ...begun,
        status,
        ...(workspace !== undefined && { slug: slugOf(workspace) }),
        ...(target !== undefined && { target: shownTarget(target) }),
        ...(details !== undefined && { details: jsonOf(details) }),
      }
      await context.store.write((writer) => settle(writer, trail, row))
    },
  }
}

/** What is settled stays as it was settled first. */
async function settle(writer: Writer, trail: number, row: AuditRow): Promise<void> {
  if (await settleAudit(writer, trail, row)) return
  if ((await hasAudit(writer, trail, row.id)) || (await hasAudit(writer, SERVICE, row.id))) return
  // Gone together with the workspace, whose trail it was in.
  await insertAudit(writer, SERVICE, row)
}

/** Answers whose trail it is in. */
async function insert({ store }: Context, row: AuditRow): Promise<number> {
  const workspace = row.slug === null ? undefined : await workspaceBySlug(store, row.slug)
  return store.write(async (writer) => {
    if (workspace !== undefined && (await insertAudit(writer, workspace.key, row))) return workspace.key
    await insertAudit(writer, SERVICE, row)
    return SERVICE
  })
}

/** The newest first, of a workspace or of the service; without reads unless they are asked for. */
export async function listAudit(
  context: Context,
  workspace: WorkspaceRow | null,
  { limit, ...query }: AuditQuery,
): Promise<AuditPage> {
  const key = workspace?.key ?? SERVICE
  const rows = await auditBefore(context.store, key, { ...query, limit: limit + 1 })
  const entries = rows.slice(0, limit).map(toEntry)
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null }
}

/** Forgets, in pieces, what is past its time; answers how much. */
export async function forgetAudit(context: Context, workspace: number, piece: number): Promise<number> {
  const before = context.clock() - AUDIT_DAYS * DAY
  let all = 0
  let forgotten: number
  do {
    forgotten = await context.store.write((writer) => pruneAudit(writer, workspace, before, piece))
    all += forgotten
  } while (forgotten > 0)
  return all
}

function toRow(
  { workspace, actor, address, action, target, details }: AuditIntent,
  status: number,
  at: number,
): AuditRow {
  return {
    id: newId('aud', at),
    at,
    slug: slugOf(workspace),
    actor_kind: actor.kind,
    actor_id: storable(actor.id),
    actor_name: storable(actor.name),
    address: storable(address),
    action,
    target: shownTarget(target),
    status,
    details: jsonOf(details),
    reads: null,
  }
}

function jsonOf(details: unknown): string | null {
  return details == null ? null : withoutSecrets(JSON.stringify(details))
}

function slugOf(workspace: string | null): string | null {
  return workspace === null ? null : shownTarget({ workspace })
}

/** A refused request may name anything: what cannot be stored must not keep its entry from being written, and no secret is. */
function storable<T extends string | null>(text: T): T {
  return (text === null ? null : withoutSecrets(text.toWellFormed().replaceAll('\0', '\uFFFD'))) as T
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    workspace: row.slug,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    address: row.address,
    action: row.action,
    target: row.target,
    status: row.status === UNSETTLED ? null : row.status,
    details: row.details === null ? null : JSON.parse(row.details),
    read: row.reads === 1,
  }
}
