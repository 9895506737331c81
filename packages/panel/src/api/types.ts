/** What the admin API says, as far as the pages read it. Times are ISO 8601. */

export type Language = 'en' | 'de'
export type Both = Readonly<Record<Language, string>>

export interface ProblemBody {
  readonly title?: string
  readonly detail?: string
  readonly code?: string
  readonly fix?: string
  readonly request?: string
  readonly problems?: readonly { readonly row?: number; readonly problem?: string; readonly message?: string }[]
  /** What sign-in says instead of `detail`. */
  readonly message?: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

export interface Me {
  readonly kind: 'operator' | 'workspace_admin' | 'api_key' | 'setup_link'
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly workspaces: 'all' | readonly string[]
  readonly scopes: readonly string[]
  readonly language?: Language
  readonly features: { readonly signIn: boolean; readonly rehearsals: boolean }
}

export interface Guard {
  readonly on: boolean
  readonly limit: number
}

export interface Workspace {
  readonly slug: string
  readonly name: string
  readonly scim: boolean
  readonly unknownMembers: 'record' | 'reject'
  readonly unknownUsers: 'refuse' | 'pending'
  readonly suspended: 'apply' | 'ignore'
  readonly activityDays: number
  readonly pendingDays: number
  readonly guard?: Guard
  readonly createdAt: string
  readonly health?: Health
}

export type Settings = Omit<Workspace, 'slug' | 'createdAt' | 'health'>

export interface Health {
  readonly state: 'off' | 'waiting' | 'healthy' | 'failing' | 'silent'
  readonly reason: Both & { readonly code: string }
  readonly since: string | null
  readonly lastContact: string | null
  readonly people: number
  readonly groups: number
  readonly problems: number
  readonly last24h: { readonly ok: number; readonly failed: number }
}

export interface ProblemGroup {
  readonly cause: string
  readonly count: number
  readonly title: string | Both
  readonly fix: string | Both
  readonly examples: readonly ProblemExample[]
}

export interface ProblemExample {
  readonly id?: string
  readonly label?: string
  readonly activity?: string
  readonly person?: string
  readonly group?: string
  readonly token?: string
  readonly at?: string | null
}

export type ChecklistStep = 'contact' | 'token' | 'lookup' | 'person' | 'group' | 'member'

export interface Checklist {
  readonly items: readonly {
    readonly step: ChecklistStep
    readonly state: 'open' | 'done' | 'failed'
    readonly at: string | null
    readonly activity: string | null
    readonly cause?: Both
    readonly fix?: Both
  }[]
}

export const PROVIDERS = ['entra', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik', 'other'] as const
export type Provider = (typeof PROVIDERS)[number]

export interface Token {
  readonly id: string
  readonly label: string
  readonly provider: Provider
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
  readonly lastUsedAddress: string | null
  readonly lastUsedClient: string | null
  readonly state: 'live' | 'expiring' | 'expired' | 'revoked'
}

export interface IssuedToken {
  readonly token: Token
  readonly text: string
}

export interface SetupLink {
  readonly id: string
  readonly provider: Provider
  readonly note?: string | null
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly claimedAt: string | null
  readonly claimedAddress?: string | null
  readonly issuedAt?: string | null
  readonly issuedAddress?: string | null
  readonly token?: string | null
  readonly revokedAt: string | null
}

export interface Guide {
  readonly title: string
  readonly markdown: string
  readonly values?: readonly { readonly name: string; readonly label: string; readonly text: string }[]
  readonly baseUrl?: string
}

export type MemberState = 'effective' | 'suspended' | 'pending' | 'unresolved'

export interface Group {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  readonly version: number
  readonly managed: boolean
  readonly memberCount: number
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Member {
  readonly id: string
  readonly displayName: string | null
  readonly userName: string | null
  readonly state: MemberState
}

export interface Person {
  readonly id: string
  readonly state: 'account' | 'pending'
  readonly suspended: boolean
  readonly userName: string
  readonly displayName: string
  readonly emails: readonly { readonly value: string; readonly verified: boolean }[]
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface PersonDetail extends Person {
  readonly record: Json
  readonly account?: Json
  readonly view?: Json
}

export interface Membership {
  readonly id: string
  readonly displayName: string
  readonly externalId?: string | null
  readonly state: MemberState
  readonly since?: string | null
}

export interface Named {
  readonly id: string
  readonly displayName: string | null
}

export type ChangeKind =
  | 'group_created'
  | 'group_renamed'
  | 'group_external_id_changed'
  | 'group_deleted'
  | 'members_added'
  | 'members_removed'
  | 'members_resolved'
  | 'person_suspended'
  | 'person_resumed'
  | 'person_claimed'
  | 'person_removed'
  | 'group_released'
  | 'suspension_policy_changed'
  | 'unresolved_dismissed'

export interface HistoryEntry {
  readonly id: string
  readonly position: number
  readonly at: string
  readonly actor: { readonly kind: 'token' | 'admin' | 'host' | 'system'; readonly label: string }
  readonly request: string | null
  readonly operation: number | null
  readonly kind: ChangeKind
  readonly group: { readonly id: string; readonly displayName: string } | null
  readonly details: Readonly<Record<string, string | null>> | null
  readonly people: readonly Named[]
  readonly peopleCount: number
}

export interface Explained {
  readonly status: string
  readonly member: boolean
  readonly effective: boolean
  readonly sentence: Both
  readonly since: { readonly request: string | null } | null
  readonly until: { readonly request: string | null } | null
}

interface Named100 {
  readonly count: number
  readonly people: readonly Named[]
}

export interface RestorePreview {
  readonly version: number
  readonly added: Named100
  readonly removed: Named100
  readonly missing: Named100
  readonly key: string
}

export interface ActivityEntry {
  readonly id: string
  readonly at: string
  readonly count: number
  readonly lastAt: string
  readonly token: string | null
  readonly client: string | null
  readonly address: string | null
  readonly method: string
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  readonly problem: string | null
  readonly detail: string | null
  readonly fix: string | null
  readonly groupId: string | null
  readonly personId: string | null
  readonly sentence: Both
}

export interface ActivityDetail extends ActivityEntry {
  readonly cause?: string | null
  readonly rules: readonly string[]
  readonly dialectRules?: readonly { readonly name: string; readonly says: string }[]
  readonly ignored: readonly string[]
  readonly body: Json
  readonly response?: Json
  readonly before?: Json
  readonly after?: Json
  readonly curl?: string
}

export interface Hold {
  readonly id: string
  readonly state: 'held' | 'let_through' | 'turned_away' | 'expired'
  readonly group: { readonly id: string; readonly displayName: string } | null
  readonly losses: number
  readonly requests: number
  readonly token: string | null
  readonly createdAt: string
  readonly decidedAt: string | null
  readonly decidedBy: string | null
}

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly workspace: string | null
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
}

export interface Admin {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'operator' | 'workspace_admin'
  readonly state: 'active' | 'invited'
  readonly workspaces?: readonly string[]
  readonly twoFactor?: boolean
}

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string }
  readonly address: string | null
  readonly action: string
  readonly target: string | null
  readonly status: number
}

export interface RehearsalStep {
  readonly phase: string
  readonly says: string
  readonly request: string
  readonly status?: number
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly detail?: string
}

export interface Rehearsal {
  readonly ok: boolean
  readonly steps: readonly RehearsalStep[]
}

/** What an outside contact sees of a workspace. */
export interface SetupView {
  readonly workspace: { readonly name: string }
  readonly provider: Provider
  readonly baseUrl: string
  readonly expiresAt: string
  readonly token: Token | null
}
