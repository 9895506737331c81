import type { ReasonCode } from './reasons.en.ts'

/**
 * Of an integration: `off` without SCIM, `waiting` until the first contact, `failing` while something that the provider wants
 * is refused, `silent` where a provider that polls has stopped, else `healthy`.
 */
export type HealthState = 'off' | 'waiting' | 'healthy' | 'failing' | 'silent'

/** Whether provisioning works in a workspace, and why that is said. Times are milliseconds since the epoch. */
export interface Health {
  readonly state: HealthState
  readonly reason: {
    readonly code: ReasonCode
    readonly en: string
    readonly de: string
    /** The activity entry that shows it. */
    readonly activity: string | null
  }
  /** Since when the state is known to hold. */
  readonly since: number | null
  /** When a token of the workspace was last accepted. */
  readonly lastContact: number | null
  /** With an account or pending. */
  readonly people: number
  readonly groups: number
  /** Open ones: unresolved members, pending people who cannot be claimed, tokens about to end. */
  readonly problems: number
  /** Answers to requests of the last 24 hours, equal polls counted each. */
  readonly last24h: { readonly ok: number; readonly failed: number }
}
