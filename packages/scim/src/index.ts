export { ScimError } from './base/errors.ts'
export { PROBLEMS, type Problem, type ProblemCode } from './base/problems.ts'
export type { Activity, ActivityEntry, ActivityFilter } from './library/activity.ts'
export type { Change, Changes } from './library/changes.ts'
export type { By, Group, Groups, Member, MembershipState } from './library/groups.ts'
export type { ChecklistOf, Integrations } from './library/health.ts'
export type {
  Explained,
  GroupHistory,
  History,
  MembersAt,
  Moment,
  PersonHistory,
  RestorePreview,
} from './library/history.ts'
export type { Membership, People, Person } from './library/people.ts'
export type { OpenProblem, Problems, TokenProblem } from './library/problems.ts'
export type { Tokens } from './library/tokens.ts'
export type { Workspaces } from './library/workspaces.ts'
export {
  type Checklist,
  type ChecklistItem,
  STEPS as CHECKLIST_STEPS,
  type Step as ChecklistStep,
  type Words,
} from './provisioning/health/checklist.ts'
export type { Health, HealthState } from './provisioning/health/health.ts'
export type { ReasonCode } from './provisioning/health/reasons.en.ts'
export type { Cause, EntryPage, HistoryEntry, HistoryPerson, PageQuery } from './provisioning/history/entries.ts'
export type { Erased } from './provisioning/history/erase.ts'
export type { Explanation, ExplanationStatus, FormerMembership } from './provisioning/history/explain.ts'
export { HistoryRefused } from './provisioning/history/refused.ts'
export type { Restored } from './provisioning/history/restore.ts'
export type { GroupSubject, Incarnation } from './provisioning/history/subjects.ts'
export type { Turn } from './provisioning/history/timeline.ts'
export { type HostPerson, type RowProblem, RowsRefused } from './provisioning/people/account.ts'
export type { Named, Reconciliation } from './provisioning/people/reconcile.ts'
export type { Upserted } from './provisioning/people/upsert.ts'
export type { ClaimProblem, NameProblem } from './provisioning/problems/pending.ts'
export type { UnresolvedProblem } from './provisioning/problems/unresolved.ts'
export { type NewToken, PROVIDERS, type Provider, type Token } from './provisioning/tokens/tokens.ts'
export {
  DEFAULT_SETTINGS,
  type Workspace,
  WorkspaceRefused,
  type WorkspaceSettings,
} from './provisioning/workspaces.ts'
export { createScim, isScimPath, readMigrationStatus, SCIM_PATH, type Scim, type ScimOptions } from './scim.ts'
export type { RequestFacts } from './scim-api/handler.ts'
export type { ChangeKind } from './store/changes.ts'
export { type Copied, type CopyOptions, type CopyProgress, copyStore } from './store/copy/copy.ts'
export type { StorePlace } from './store/copy/ends.ts'
export { CopyRefused } from './store/copy/refused.ts'
export { type Distribution, DistributionRefused } from './store/distribution.ts'
export { StoreTooNew } from './store/migrate.ts'
export type { MigrationStatus } from './store/migrations/migration.ts'
export { distributeStore } from './store/open.ts'
export { StoreUnusable } from './store/unusable.ts'
