/** The shapes of requests and answers. */
export type { Operation } from './routes/all.ts'
export type { ActivityDetail, ActivityEntry, ActivityPage } from './schemas/activity.ts'
export type { Admin, Admins, Invitation, NewAdmin, NewServiceAdmin } from './schemas/admins.ts'
export type { AuditEntry, AuditPage } from './schemas/audit.ts'
export type { Change, ChangeFeed } from './schemas/changes.ts'
export type { GroupName, Language, Page, PersonName, Words } from './schemas/common.ts'
export type {
  Group,
  GroupChanges,
  GroupPage,
  Member,
  MemberChanges,
  MemberPage,
  MembersAt,
  NewGroup,
  RawGroup,
  Restored,
  RestorePreview,
} from './schemas/groups.ts'
export type { Guide } from './schemas/guides.ts'
export type { Checklist, ChecklistItem, FailureGroup, Failures, Health } from './schemas/health.ts'
export type {
  Actor,
  Explanation,
  GroupHistory,
  GroupSubject,
  HistoryEntry,
  PersonHistory,
  PersonNamePage,
  Turn,
} from './schemas/history.ts'
export type { Hold, Holds } from './schemas/holds.ts'
export type { ApiKey, ApiKeys, IssuedApiKey, NewApiKey } from './schemas/keys.ts'
export type { Me, Scope } from './schemas/me.ts'
export type {
  BulkPeople,
  EffectiveGroups,
  Erased,
  HostPerson,
  MemberState,
  Membership,
  Memberships,
  Person,
  PersonChanges,
  PersonDetail,
  PersonPage,
  ReconcilePeople,
  Reconciliation,
  Upserted,
} from './schemas/people.ts'
export type { Problem, ProblemPart } from './schemas/problem.ts'
export type { ProblemExample, ProblemGroup, ProblemPage, Problems } from './schemas/problems.ts'
export type { Rehearsal, RehearsalOrder, RehearsalProviders, RehearsalStep } from './schemas/rehearsals.ts'
export type { IssuedSetupLink, NewSetupLink, Setup, SetupLink, SetupLinks, SetupToken } from './schemas/setupLinks.ts'
export type {
  IssuedToken,
  NewToken,
  Provider,
  RotatedToken,
  Token,
  TokenEnd,
  TokenRotation,
  Tokens,
} from './schemas/tokens.ts'
export type { NewWorkspace, Workspace, WorkspaceChanges, WorkspacePage } from './schemas/workspaces.ts'
