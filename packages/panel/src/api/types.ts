import type { Language, Provider } from '@optimaite/scim/admin'

export type {
  ActivityDetail,
  ActivityEntry,
  Admin,
  ApiKey,
  AuditEntry,
  Checklist,
  ChecklistItem,
  Explanation,
  FailureGroup,
  Failures,
  Group,
  GroupHistory,
  Guide,
  Health,
  HistoryEntry,
  Hold,
  Invitation,
  IssuedApiKey,
  IssuedSetupLink,
  IssuedToken,
  Language,
  Me,
  Member,
  MemberState,
  Membership,
  Operation,
  Page,
  Person,
  PersonDetail,
  PersonHistory,
  PersonName,
  ProblemExample,
  ProblemGroup,
  Provider,
  RawGroup,
  Rehearsal,
  Restored,
  RestorePreview,
  RotatedToken,
  Scope,
  Setup,
  SetupLink,
  SetupToken,
  Token,
  Upserted,
  Words,
  Workspace,
  WorkspaceChanges,
  WorkspacePage,
} from '@optimaite/scim/admin'

/** Said again rather than imported: the library behind the types is no code for browsers. */
export const PROVIDERS = [
  'entra',
  'okta',
  'okta-wizard',
  'onelogin',
  'jumpcloud',
  'authentik',
  'other',
] as const satisfies readonly Provider[]

/** A list that is answered whole. */
export interface All<Item> {
  readonly items: readonly Item[]
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What a refusal may say; sign-in says `message` instead of `detail`. */
export interface ProblemBody {
  readonly title?: string
  readonly detail?: string
  /** Of the detail; sign-in speaks English. */
  readonly language?: Language
  readonly code?: string
  readonly fix?: string
  readonly request?: string
  readonly problems?: readonly { readonly path: string; readonly reason: string }[]
  readonly message?: string
}
