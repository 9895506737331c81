import {
  type ActivityEntry,
  type ApiKey,
  type AuditEntry,
  type Erased,
  type Explained,
  type Group,
  type Health,
  type HistoryEntry,
  type Hold,
  type HostPerson,
  type Member,
  type OpenProblem,
  type Person,
  type PersonFound,
  type Provider,
  type Reconciliation,
  type Restored,
  type RestorePreview,
  type Scim,
  type Scope,
  type SetupLink,
  type Upserted,
  type Workspace,
  type WorkspaceChanges,
  WorkspaceRefused,
} from '@optimaite/scim'
import type { Admin } from '../sign-in/admins.ts'
import { type Invocation, withScim } from './invocation.ts'

/** What commands work with, whether behind it is a store or, by its admin API, a service elsewhere. */
export interface Library {
  readonly workspaces: Workspaces
  readonly people: People
  readonly groups: Groups
  readonly history: History
  readonly health: Integrations
  readonly audit: Trail
  readonly problems: Problems
  readonly tokens: Tokens
  readonly setupLinks: SetupLinks
  readonly holds: Holds
  readonly keys: Keys
  readonly admins: Admins
  readonly activity: Activity
  /** Absent of a service elsewhere, whose entries say what they are about. */
  readonly names?: Pick<Scim, 'groups' | 'people'>
}

interface Workspaces {
  create(slug: string, settings: WorkspaceChanges & { name: string }): Promise<Workspace>
  list(): Promise<Workspace[]>
  find(slug: string): Promise<Connection | undefined>
  change(slug: string, changes: WorkspaceChanges): Promise<Workspace>
  remove(slug: string): Promise<void>
}

/** A workspace, and what its provider is to enter. */
export interface Connection {
  readonly workspace: Workspace
  readonly baseUrl: string
}

/** What a provider wrote of people may be long: it is shown of one at a time. */
export type ListedPerson = Omit<Person, 'record'>

interface People {
  /** All or nothing; a service elsewhere takes more than 10,000 in pieces, and ends with {@link PartlyStored}. */
  upsert(slug: string, people: readonly HostPerson[], onProgress?: (stored: number) => void): Promise<Upserted>
  list(slug: string, query: { readonly search?: string }): Promise<ListedPerson[]>
  find(slug: string, idOrUserName: string): Promise<PersonFound | undefined>
  remove(slug: string, ids: readonly string[]): Promise<void>
  /** Without `confirm`, only says what it would do. */
  reconcile(slug: string, people: readonly HostPerson[], confirm?: string): Promise<Reconciliation>
  erase(slug: string, person: string): Promise<Erased>
}

interface Groups {
  /** In the order of their names. */
  list(slug: string): Promise<Group[]>
  find(slug: string, nameOrId: string): Promise<Group | undefined>
  /** The first of them, `most` at the most. */
  members(slug: string, id: string, most: number): Promise<Member[]>
  release(slug: string, id: string): Promise<Group>
}

/** The newest entries of a group or a person. */
export interface Past {
  readonly subject: { readonly id: string; readonly displayName: string | null }
  readonly entries: readonly HistoryEntry[]
  /** Whether there are older ones. */
  readonly more: boolean
}

/** The keys of groups are the store's own. */
export type ToldExplanation = Omit<Explained, 'group' | 'former'> & {
  readonly group: Keyless | null
  readonly former: readonly (Omit<Explained['former'][number], 'group'> & { readonly group: Keyless })[]
}
type Keyless = Omit<NonNullable<Explained['group']>, 'key'>

interface History {
  explain(slug: string, person: string, group: string): Promise<ToldExplanation>
  ofGroup(slug: string, name: string, limit: number): Promise<Past>
  ofPerson(slug: string, name: string, limit: number): Promise<Past>
  previewRestore(slug: string, group: string, at: number): Promise<Restoration>
  /** As the preview said; one that does not fit any more is refused. */
  restore(slug: string, preview: Restoration): Promise<Restored>
}

/** What bringing back the members of a moment would do; names the first 100 people of each kind. */
export type Restoration = Omit<RestorePreview, 'group'> & {
  readonly group: { readonly id: string; readonly displayName: string }
  readonly at: number
}

export interface Integration {
  readonly workspace: string
  readonly health: Health
}

interface Integrations {
  /** All of them, in the order of their slugs. */
  list(): Promise<Integration[]>
  ofWorkspace(slug: string): Promise<Health>
}

/** What was done to a workspace, or for null to the service. */
interface Trail {
  /** The newest first, `most` at the most; without what was read unless that is asked for. */
  list(
    slug: string | null,
    query: { readonly most: number; readonly reads: boolean },
  ): Promise<{ readonly items: readonly AuditEntry[]; readonly more: boolean }>
}

interface Problems {
  /** All of them, however many. */
  list(slug: string): Promise<OpenProblem[]>
  dismiss(slug: string, id: string): Promise<void>
}

interface Tokens extends Pick<Scim['tokens'], 'list' | 'end'> {
  /** Answers whether there is one; to repeat it is no error. */
  revoke(slug: string, id: string): Promise<boolean>
  issue(
    slug: string,
    token: { readonly label: string; readonly provider?: Provider; readonly lifetime?: number },
  ): ReturnType<Scim['tokens']['issue']>
}

interface SetupLinks {
  create(
    slug: string,
    link: { readonly provider: Provider; readonly note?: string },
  ): Promise<{ readonly link: SetupLink; readonly url: string }>
  list(slug: string): Promise<SetupLink[]>
  /** Nothing where there is none. */
  revoke(slug: string, id: string, options: { readonly token: boolean }): Promise<SetupLink | undefined>
}

interface Holds {
  /** The newest first; those that wait, or all. */
  list(slug: string, query: { readonly all: boolean }): Promise<Hold[]>
  letThrough(slug: string, id: string): Promise<{ readonly hold: Hold; readonly press: { readonly en: string } }>
  turnAway(slug: string, id: string): Promise<Hold>
}

/** Those of a workspace, or for null those that are for all of them. */
interface Keys {
  issue(key: {
    readonly name: string
    readonly scopes: readonly Scope[]
    readonly workspace: string | null
    readonly expiresAt: number | null
  }): Promise<{ readonly key: ApiKey; readonly text: string }>
  list(slug: string | null): Promise<ApiKey[]>
  revoke(slug: string | null, id: string): Promise<void>
}

/** A workspace is named by its slug; null means operators, who have all of them. */
interface Admins {
  list(slug: string | null): Promise<Admin[]>
  invite(
    slugs: readonly string[] | null,
    admin: { readonly email: string; readonly name?: string | undefined },
  ): Promise<{ readonly admin: Admin; readonly url: string }>
  remove(slug: string | null, id: string): Promise<void>
}

/** What was sent and answered may be long: it is shown of one entry at a time. */
export interface ListedEntry extends Omit<ActivityEntry, 'body' | 'headers' | 'whole'> {
  /** Of a service elsewhere, which knows what it is about. */
  readonly sentence?: { readonly en: string }
}

interface Activity {
  list(slug: string, query: { readonly failed: boolean; readonly limit: number }): Promise<ListedEntry[]>
  after(slug: string, query: { readonly failed: boolean; readonly after: string }): Promise<ListedEntry[]>
}

/** Some of the rows were stored before a call for others failed; why it did is the cause. */
export class PartlyStored extends Error {
  override readonly name = 'PartlyStored'
  readonly stored: number
  /** Rows of the call that failed. */
  readonly tried: number

  constructor(stored: number, tried: number, cause: unknown) {
    super(`${stored} of the people were stored, and the call for others failed.`, { cause })
    this.stored = stored
    this.tried = tried
  }
}

export async function existingWorkspace<Found>(
  { workspaces }: { readonly workspaces: { find(slug: string): Promise<Found | undefined> } },
  slug: string,
): Promise<Found> {
  const found = await workspaces.find(slug)
  if (!found) throw new WorkspaceRefused('unknown', `There is no workspace "${slug}".`)
  return found
}

/** Opens what a command works on, and closes it whatever happens. `create`: whether a store may be made for it. */
export async function withLibrary<T>(
  invocation: Invocation,
  use: (library: Library) => Promise<T>,
  options: { readonly create?: boolean } = {},
): Promise<T> {
  const { remote } = invocation
  // Each is loaded where it is needed: commands are to be there at once.
  if (remote !== undefined) return use((await import('./remote/library.ts')).remoteLibrary(remote))
  const { withLocalLibrary } = await import('./local/library.ts')
  return withScim(invocation, (scim) => withLocalLibrary(scim, invocation.config, use), options)
}
