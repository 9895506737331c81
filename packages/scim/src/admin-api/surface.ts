import type { Activity } from '../library/activity.ts'
import type { ApiKeys } from '../library/apiKeys.ts'
import type { Audit } from '../library/audit.ts'
import type { Changes } from '../library/changes.ts'
import type { Groups } from '../library/groups.ts'
import type { ChecklistOf, Integrations } from '../library/health.ts'
import type { History } from '../library/history.ts'
import type { Holds } from '../library/holds.ts'
import type { People } from '../library/people.ts'
import type { Problems } from '../library/problems.ts'
import type { SetupLinks } from '../library/setupLinks.ts'
import type { Tokens } from '../library/tokens.ts'
import type { Workspaces } from '../library/workspaces.ts'
import type { Store } from '../store/store.ts'

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
  readonly holds: Holds
  readonly apiKeys: ApiKeys
  readonly audit: Audit
}
