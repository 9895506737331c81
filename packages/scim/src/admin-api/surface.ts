import type { Activity } from '../library/activity.ts'
import type { Changes } from '../library/changes.ts'
import type { Groups } from '../library/groups.ts'
import type { History } from '../library/history.ts'
import type { People } from '../library/people.ts'
import type { Problems } from '../library/problems.ts'
import type { Tokens } from '../library/tokens.ts'
import type { Workspaces } from '../library/workspaces.ts'
import type { Store } from '../store/store.ts'
import type { Scope } from './schemas/me.ts'

/** What the admin API stands on: the library as `createScim` opens it. */
export interface AdminLibrary {
  readonly baseUrl: string
  readonly store: Store
  readonly workspaces: Workspaces
  readonly people: People
  readonly groups: Groups
  readonly changes: Changes
  readonly problems: Problems
  readonly history: History
  readonly tokens: Tokens
  readonly activity: Activity
  readonly apiKeys: ApiKeys
  readonly audit: Audit
}

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly workspace: string | null
  readonly scopes: readonly Scope[]
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly lastUsedAt: number | null
  readonly lastUsedAddress: string | null
  readonly lastUsedClient: string | null
  readonly state: 'live' | 'expiring' | 'expired' | 'revoked'
}

export interface ApiKeys {
  issue(key: {
    readonly name: string
    readonly scopes: readonly Scope[]
    readonly workspace: string | null
    readonly expiresAt: number | null
    readonly by: string
  }): Promise<{ key: ApiKey; text: string }>
  list(workspace: string | null): Promise<ApiKey[]>
  revoke(workspace: string | null, id: string): Promise<boolean>
  authenticate(
    text: string,
    use?: { readonly address: string | null; readonly client: string | null },
  ): Promise<ApiKey | undefined>
}

export interface AuditEntry {
  readonly id: string
  readonly at: number
  readonly workspace: string | null
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string }
  readonly address: string | null
  readonly action: string
  readonly target: string | null
  readonly status: number
  readonly details: Readonly<Record<string, unknown>> | null
}

export interface Audit {
  write(entry: {
    readonly workspace: string | null
    readonly actor: AuditEntry['actor']
    readonly address: string | null
    readonly action: string
    readonly target: string | null
    readonly status: number
    readonly details?: Readonly<Record<string, unknown>>
  }): Promise<string>
  list(
    workspace: string | null,
    query?: { readonly before?: string; readonly limit?: number },
  ): Promise<{ entries: AuditEntry[]; next: string | undefined }>
}
