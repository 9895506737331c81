import type { Policy, SessionPerson } from './session.ts'

/** Every scratch workspace has a slug that begins so; nothing else has. */
export const SCRATCH_PREFIX = 'rehearsal-'

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
  /** Removes what a crash left: workspaces with the prefix that no running rehearsal can own. Says how many. */
  sweep(): Promise<number>
}
