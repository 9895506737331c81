import { fetchHandler } from './adapters/fetch.ts'
import { type Clock, systemClock } from './base/clock.ts'
import { type Activity, activityOf } from './library/activity.ts'
import { type ApiKeys, apiKeysOf } from './library/apiKeys.ts'
import { type Audit, auditOf } from './library/audit.ts'
import { type Changes, changesOf } from './library/changes.ts'
import { type Groups, groupsOf } from './library/groups.ts'
import { type ChecklistOf, checklistOf, healthOf, type Integrations } from './library/health.ts'
import { type History, historyOf } from './library/history.ts'
import { type Holds, holdsOf } from './library/holds.ts'
import { type People, peopleOf } from './library/people.ts'
import { type Problems, problemsOf } from './library/problems.ts'
import { type SetupLinks, setupLinksOf } from './library/setupLinks.ts'
import { type Tokens, tokensOf } from './library/tokens.ts'
import { type Workspaces, workspacesOf } from './library/workspaces.ts'
import type { Context } from './provisioning/call.ts'
import { prune } from './provisioning/retention.ts'
import { type HandlerOptions, ScimHandler } from './scim-api/handler.ts'
import { DEFAULT_RATE_LIMIT, type RateLimit } from './scim-api/limits.ts'
import type { WireRequest, WireResponse } from './scim-api/wire.ts'
import type { MigrationStatus } from './store/migrations/migration.ts'
import { type DatabaseOptions, databaseStatus, openDatabase } from './store/open.ts'
import type { Store } from './store/store.ts'

/** Below the public URL: where providers find SCIM. */
export const SCIM_PATH = '/api/auth/scim/v2'

export interface ScimOptions extends DatabaseOptions {
  /** What people and providers reach the service by, such as `https://app.optimaite.example`; locations are built from it. */
  readonly publicUrl: string
  readonly rateLimit?: RateLimit
  readonly clock?: Clock
  readonly onRequest?: HandlerOptions['onRequest']
  readonly onFault?: HandlerOptions['onFault']
}

/** SCIM provisioning, mounted in a host application or run by the service. */
export interface Scim {
  /** The SCIM endpoint, for everything below {@link SCIM_PATH}. */
  fetch(request: Request): Promise<Response>
  /** The same for adapters. */
  handle(request: WireRequest): Promise<WireResponse>
  /** The base URL to enter at a provider. */
  readonly baseUrl: string
  readonly workspaces: Workspaces
  readonly people: People
  readonly groups: Groups
  readonly changes: Changes
  readonly problems: Problems
  readonly history: History
  readonly holds: Holds
  readonly tokens: Tokens
  readonly setupLinks: SetupLinks
  readonly apiKeys: ApiKeys
  readonly activity: Activity
  readonly health: Integrations
  /** How far the set-up of a provider is, by what it really sent: from the first contact to the first member. */
  readonly checklist: ChecklistOf
  readonly audit: Audit
  readonly store: Store
  /** Bytes of request bodies that are in memory now. */
  heldBytes(): number
  migrationStatus(): Promise<MigrationStatus>
  /** Forgets what is past its time; to be called now and then. */
  prune(): Promise<{ activity: number; pending: number; audit: number }>
  /** Writes activity that is still gathered in memory. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Opens the store and answers everything that the product does. */
export async function createScim(options: ScimOptions): Promise<Scim> {
  const clock = options.clock ?? systemClock
  const store = await openDatabase(options)
  const baseUrl = new URL(options.publicUrl).href.replace(/\/+$/, '') + SCIM_PATH
  const context: Context = { store, clock, baseUrl }
  const handler = new ScimHandler(context, {
    rateLimit: options.rateLimit ?? DEFAULT_RATE_LIMIT,
    basePath: SCIM_PATH,
    onRequest: options.onRequest,
    onFault: options.onFault,
  })
  const handle = handler.handle.bind(handler)
  const flush = (): Promise<void> => handler.recorder.flush()
  const forget = (): void => handler.authenticator.forget()
  return {
    fetch: fetchHandler(handle),
    handle,
    baseUrl,
    workspaces: workspacesOf(context, forget),
    people: peopleOf(context),
    groups: groupsOf(context),
    changes: changesOf(context),
    problems: problemsOf(context),
    history: historyOf(context, flush),
    holds: holdsOf(context),
    tokens: tokensOf(context, forget),
    activity: activityOf(context, flush),
    health: healthOf(context, flush),
    checklist: checklistOf(context, flush),
    setupLinks: setupLinksOf(context, forget),
    apiKeys: apiKeysOf(context),
    audit: auditOf(context),
    store,
    heldBytes: () => handler.heldBytes,
    migrationStatus: () => store.migrationStatus(),
    prune: () => prune(context),
    flush,
    async close() {
      await flush()
      await store.close()
    },
  }
}

/** How far the tables of a database are, without bringing them up to date as {@link createScim} does. */
export function readMigrationStatus(
  database: string,
  names: Pick<DatabaseOptions, 'tablePrefix' | 'tableSchema'> = {},
): Promise<MigrationStatus> {
  return databaseStatus({ database, ...names })
}

/** Whether a path, as a request has it, is {@link SCIM_PATH} or below: for a host with a catch-all of its own above it. */
export function isScimPath(path: string): boolean {
  return path === SCIM_PATH || path.startsWith(`${SCIM_PATH}/`)
}
