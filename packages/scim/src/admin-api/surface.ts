import type { Activity } from '../library/activity.ts'
import type { ApiKeys } from '../library/apiKeys.ts'
import type { Audit } from '../library/audit.ts'
import type { Changes } from '../library/changes.ts'
import type { Groups } from '../library/groups.ts'
import type { ChecklistOf, Integrations } from '../library/health.ts'
import type { History } from '../library/history.ts'
import type { People } from '../library/people.ts'
import type { Problems } from '../library/problems.ts'
import type { SetupLinks } from '../library/setupLinks.ts'
import type { Tokens } from '../library/tokens.ts'
import type { Workspaces } from '../library/workspaces.ts'
import type { Store } from '../store/store.ts'

/** A removal of many members that waits for an admin. Times are milliseconds since the epoch. */
export interface Hold {
  readonly id: string
  readonly group: { readonly id: string; readonly displayName: string }
  readonly state: 'held' | 'let_through' | 'turned_away' | 'expired'
  readonly losses: number
  readonly limit: number
  readonly requests: number
  readonly token: string | null
  readonly createdAt: number
  readonly lastAt: number
  readonly decidedAt: number | null
  readonly decidedBy: string | null
  readonly until: number | null
  readonly advice: { readonly en: string; readonly de: string }
}

export interface Holds {
  list(workspace: string): Promise<Hold[]>
  letThrough(workspace: string, id: string, by: { readonly admin?: string }): Promise<Hold>
  turnAway(workspace: string, id: string, by: { readonly admin?: string }): Promise<Hold>
}

/** What the admin API stands on: the library as `createScim` opens it. */
export interface AdminLibrary {
  /** The SCIM base URL. */
  readonly baseUrl: string
  readonly store: Store
  readonly workspaces: Workspaces
  readonly people: People
  readonly groups: Groups
  readonly changes: Changes
  readonly problems: Problems
  readonly history: History
  readonly tokens: Tokens
  readonly setupLinks: SetupLinks
  readonly activity: Activity
  readonly health: Integrations
  readonly checklist: ChecklistOf
  readonly holds?: Holds
  readonly apiKeys: ApiKeys
  readonly audit: Audit
}
