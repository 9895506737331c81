import type { Facts } from '../base/problems.ts'
import { lapseHolds } from '../store/holds.ts'
import type { Writer } from '../store/store.ts'
import { violatedColumn } from '../store/violation.ts'
import {
  allWorkspaces,
  deletePiece,
  insertWorkspace,
  updateWorkspace,
  type WorkspaceRow,
  workspaceByKey,
  workspaceBySlug,
} from '../store/workspaces.ts'
import { type Context, HOST } from './call.ts'
import { recordSuspensionPolicy } from './people/policy.ts'

export interface WorkspaceSettings {
  readonly name: string
  /** Whether the workspace's SCIM endpoint answers. Off until an operator turns it on. */
  readonly scim: boolean
  /** Members whose id is not known: recorded as unresolved, or refused. */
  readonly unknownMembers: 'record' | 'reject'
  /** `POST /Users` for somebody without an account: refused, or recorded as a pending person. */
  readonly unknownUsers: 'refuse' | 'pending'
  /** Whether `active: false` takes the effect from memberships. */
  readonly suspended: 'apply' | 'ignore'
  /** Days for which activity is kept. */
  readonly activityDays: number
  /** Days after which pending people without memberships are forgotten. */
  readonly pendingDays: number
  /** The guard against mass removal; off by default. */
  readonly guard: GuardSettings
}

export interface GuardSettings {
  readonly on: boolean
  /** Effective memberships that providers may end of one group within ten minutes; a removal of more is held. */
  readonly limit: number
}

/** Settings to be written; of the guard's, too, those that are given. */
export type WorkspaceChanges = Partial<Omit<WorkspaceSettings, 'guard'>> & { readonly guard?: Partial<GuardSettings> }

export interface Workspace extends WorkspaceSettings {
  readonly slug: string
  readonly createdAt: number
}

export const DEFAULT_SETTINGS: Omit<WorkspaceSettings, 'name'> = {
  scim: false,
  unknownMembers: 'record',
  unknownUsers: 'refuse',
  suspended: 'apply',
  activityDays: 90,
  pendingDays: 180,
  guard: { on: false, limit: 20 },
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** Rows deleted before other writers have their turn. */
const PIECE = 5_000
export const MOST_ALLOWED = 1_000_000

/** A request about a workspace that cannot be met; the message says why. */
export class WorkspaceRefused extends Error {
  override readonly name = 'WorkspaceRefused'
  readonly code: 'unknown' | 'taken' | 'slug' | 'name' | 'guard'
  /** Of the case, for those who say it in another language. */
  readonly facts: Facts

  constructor(code: WorkspaceRefused['code'], message: string, facts: Facts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

export async function createWorkspace(
  context: Context,
  slug: string,
  settings: WorkspaceChanges & { name: string },
): Promise<WorkspaceRow> {
  if (!isSlug(slug)) {
    throw new WorkspaceRefused(
      'slug',
      `"${slug}" cannot be a workspace's slug: use 1 to 63 of a–z, 0–9 and "-", with a letter or digit at both ends.`,
      { slug },
    )
  }
  checkName(settings.name)
  const row = toRow(changed({ ...DEFAULT_SETTINGS, name: settings.name }, settings))
  try {
    return await context.store.write((writer) => insertWorkspace(writer, { ...row, slug, created_at: context.clock() }))
  } catch (error) {
    if (violatedColumn(error) === 'slug')
      throw new WorkspaceRefused('taken', `A workspace "${slug}" exists already.`, { slug })
    throw error
  }
}

/** 1 to 63 of a–z, 0–9 and "-", with a letter or digit at both ends. */
export function isSlug(text: string): boolean {
  return SLUG.test(text)
}

export function findWorkspace(context: Context, slug: string): Promise<WorkspaceRow | undefined> {
  return workspaceBySlug(context.store, slug)
}

export async function listWorkspaces(context: Context): Promise<Workspace[]> {
  return (await allWorkspaces(context.store)).map(toWorkspace)
}

/** Changes what is given and answers the workspace as it is now; nothing where there is none. */
export async function changeWorkspace(
  context: Context,
  slug: string,
  changes: WorkspaceChanges,
): Promise<WorkspaceRow | undefined> {
  if (changes.name !== undefined) checkName(changes.name)
  const workspace = await workspaceBySlug(context.store, slug)
  if (!workspace) return undefined
  const change = async (writer: Writer): Promise<WorkspaceRow | undefined> => {
    const before = await workspaceByKey(writer, workspace.key)
    if (!before) return undefined
    const after = { ...before, ...toRow(changed(toWorkspace(before), changes)) }
    await updateWorkspace(writer, before.key, after)
    if (after.guard_on < before.guard_on) await lapseHolds(writer, before.key)
    if (after.suspended !== before.suspended) {
      const call = { workspace: after, actor: HOST, request: null, at: context.clock() }
      await recordSuspensionPolicy(writer, call, before.suspended, after.suspended)
    }
    return after
  }
  // What suspension means is about all of its people.
  return context.store.write(change, { workspace: workspace.key, people: true })
}

/** Deletes a workspace with all that is in it, in pieces; SCIM is off from the first one. */
export async function deleteWorkspace(context: Context, slug: string): Promise<boolean> {
  const workspace = await changeWorkspace(context, slug, { scim: false })
  if (!workspace) return false
  let deleted: number
  do deleted = await context.store.write((writer) => deletePiece(writer, workspace.key, PIECE))
  while (deleted > 0)
  return true
}

function checkName(name: string): void {
  if (name.trim() === '') throw new WorkspaceRefused('name', "A workspace's name must not be blank.")
}

function changed(settings: WorkspaceSettings, { guard, ...changes }: WorkspaceChanges): WorkspaceSettings {
  const after = { ...settings, ...changes, guard: { ...settings.guard, ...guard } }
  checkGuard(after.guard)
  return after
}

function checkGuard({ on, limit }: GuardSettings): void {
  if (typeof on === 'boolean' && Number.isSafeInteger(limit) && limit >= 1 && limit <= MOST_ALLOWED) return
  throw new WorkspaceRefused(
    'guard',
    `The guard is on or off, with a limit that is a whole number from 1 to ${MOST_ALLOWED}.`,
    { most: MOST_ALLOWED },
  )
}

export function toWorkspace(row: WorkspaceRow): Workspace {
  return {
    slug: row.slug,
    name: row.name,
    scim: row.scim === 1,
    unknownMembers: row.unknown_members,
    unknownUsers: row.unknown_users,
    suspended: row.suspended,
    activityDays: row.activity_days,
    pendingDays: row.pending_days,
    guard: { on: row.guard_on === 1, limit: row.guard_limit },
    createdAt: row.created_at,
  }
}

function toRow(settings: WorkspaceSettings) {
  return {
    name: settings.name,
    scim: settings.scim ? 1 : 0,
    unknown_members: settings.unknownMembers,
    unknown_users: settings.unknownUsers,
    suspended: settings.suspended,
    activity_days: settings.activityDays,
    pending_days: settings.pendingDays,
    guard_on: settings.guard.on ? 1 : 0,
    guard_limit: settings.guard.limit,
  }
}
