import { randomUUID } from 'node:crypto'
import type { Policy, SessionPerson } from './session.ts'

const PREFIX = 'rehearsal-'
const SCRATCH = /^rehearsal-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The slug of a new scratch workspace. */
export function scratchSlug(): string {
  return `${PREFIX}${randomUUID()}`
}

/** Whether a slug is a scratch workspace's: a customer may well call theirs `rehearsal-room`. */
export function isScratch(slug: string): boolean {
  return SCRATCH.test(slug)
}

/** A workspace that exists for one session only, with its people and a live token. */
export interface ScratchWorkspace {
  readonly slug: string
  readonly token: string
  /** The session's people by key. */
  readonly people: Readonly<Record<string, { readonly id: string }>>
}

/** Makes and removes the workspaces in which sessions are played. */
export interface ScratchWorkspaces {
  /** A new workspace with SCIM on, this policy and these people, whose userName is their verified e-mail address. */
  create(policy: Policy, people: readonly SessionPerson[]): Promise<ScratchWorkspace>
  /** Removes a workspace with everything in it. */
  remove(slug: string): Promise<void>
  /** Removes what a crash left: scratch workspaces that no running rehearsal can own. Says how many. */
  sweep(): Promise<number>
}
