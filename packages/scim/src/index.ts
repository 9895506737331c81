export { ScimError } from './base/errors.ts'
export { PROBLEMS, type Problem, type ProblemCode } from './base/problems.ts'
export type { Activity, ActivityEntry, ActivityFilter } from './library/activity.ts'
export type { ActivityNames } from './library/activityNames.ts'
export { activityText } from './library/activityText.ts'
export type { ApiKeys } from './library/apiKeys.ts'
export type { Audit } from './library/audit.ts'
export type { Change, Changes } from './library/changes.ts'
export type { By, Group, Groups, Member } from './library/groups.ts'
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
export type { Hold, Holds } from './library/holds.ts'
export type { People, Person, PersonFound } from './library/people.ts'
export type { OpenProblem, Problems, TokenProblem } from './library/problems.ts'
export type { SetupLinks } from './library/setupLinks.ts'
export type { Tokens } from './library/tokens.ts'
export type { Workspaces } from './library/workspaces.ts'
export type {
  AuditActor,
  AuditEntry,
  AuditIntent,
  AuditOutcome,
  AuditPage,
  BegunAudit,
  NewAuditEntry,
} from './provisioning/audit/audit.ts'
export { notedSettings } from './provisioning/audit/settings.ts'
export type { AuditTarget } from './provisioning/audit/target.ts'
export {
  CHECKLIST_STEPS,
  type Checklist,
  type ChecklistItem,
  type ChecklistStep,
} from './provisioning/health/checklist.ts'
export type { OpenFailure, OpenFailures } from './provisioning/health/failures.ts'
export type { Words } from './provisioning/health/faults.ts'
export type { Health } from './provisioning/health/health.ts'
export { type HealthState, SILENT_AFTER } from './provisioning/health/judge.ts'
export type { ReasonCode } from './provisioning/health/reasons.en.ts'
export type { Cause, EntryPage, HistoryEntry, HistoryPerson, PageQuery } from './provisioning/history/entries.ts'
export type { Erased } from './provisioning/history/erase.ts'
export type { Explanation, ExplanationStatus, FormerMembership } from './provisioning/history/explain.ts'
export { HistoryRefused } from './provisioning/history/refused.ts'
export type { Restored } from './provisioning/history/restore.ts'
export type { Language } from './provisioning/history/sentences.ts'
export type { GroupSubject, Incarnation } from './provisioning/history/subjects.ts'
export type { Turn } from './provisioning/history/timeline.ts'
export type { ApiKey, KeyUse, NewApiKey } from './provisioning/keys/keys.ts'
export { SCOPES, type Scope } from './provisioning/keys/scopes.ts'
export { type HostPerson, RowsRefused } from './provisioning/people/account.ts'
export type { Membership, MembershipState } from './provisioning/people/memberships.ts'
export type { Named, Reconciliation } from './provisioning/people/reconcile.ts'
export type { RowFault, RowProblem } from './provisioning/people/rowFaults.ts'
export type { Upserted } from './provisioning/people/upsert.ts'
export type { ClaimProblem, NameProblem } from './provisioning/problems/pending.ts'
export type { UnresolvedProblem } from './provisioning/problems/unresolved.ts'
export type { NewSetupLink, SetupLink } from './provisioning/setup/links.ts'
export { SetupRefused } from './provisioning/setup/refused.ts'
export type { SetupClient, SetupSession } from './provisioning/setup/session.ts'
export { type NewToken, PROVIDERS, type Provider, type Token } from './provisioning/tokens/tokens.ts'
export {
  DEFAULT_SETTINGS,
  type GuardSettings,
  type Workspace,
  type WorkspaceChanges,
  WorkspaceRefused,
  type WorkspaceSettings,
} from './provisioning/workspaces.ts'
export { createScim, isScimPath, readMigrationStatus, SCIM_PATH, type Scim, type ScimOptions } from './scim.ts'
export type { RequestFacts } from './scim-api/handler.ts'
export type { ChangeKind } from './store/changes.ts'
export { type Copied, type CopyOptions, type CopyProgress, copyStore } from './store/copy/copy.ts'
export type { CopiedTable, StorePlace } from './store/copy/ends.ts'
export { CopyRefused } from './store/copy/refused.ts'
export { type Distribution, DistributionRefused } from './store/distribution.ts'
export type { HoldKind } from './store/holds.ts'
export { StoreTooNew } from './store/migrate.ts'
export type { MigrationStatus } from './store/migrations/migration.ts'
export { distributeStore } from './store/open.ts'
export type { SetupAct } from './store/setupLinks.ts'
export { StoreUnusable } from './store/unusable.ts'
