import { fold } from '../base/fold.ts'
import { idAt } from '../base/ids.ts'
import type { Context } from '../provisioning/call.ts'
import { Census, type Judged } from '../provisioning/health/census.ts'
import { type Checklist, checklist } from '../provisioning/health/checklist.ts'
import { CountedHours } from '../provisioning/health/countedHours.ts'
import { KnownSuccesses, type OpenFailures, openFailures } from '../provisioning/health/failures.ts'
import { type Health, healthOfAll, statesOfAll } from '../provisioning/health/health.ts'
import { HEALTH_STATES, type HealthState } from '../provisioning/health/judge.ts'
import { PROVIDERS, type Provider } from '../provisioning/tokens/tokens.ts'
import { toWorkspace, type Workspace } from '../provisioning/workspaces.ts'
import { answersOf, workspacesOf, workspacesPage } from '../store/health.ts'
import { allWorkspaces, isCalled, type WorkspaceRow } from '../store/workspaces.ts'
import { limitOf, oneOf, textOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** `scim.health`: whether each integration works, and what is wrong where one does not. */
export interface Integrations {
  ofWorkspace(workspace: string): Promise<Health>
  /** What failed in the last 24 hours and has not been put right, by its reason. */
  failures(workspace: string): Promise<OpenFailures>
  /**
   * All workspaces in the order of their slugs, after the slug `after`, each with its health; `next` asks for the page after.
   * `search` is a part of the name or the slug, in any case. The number of statements is the same for a page of any size.
   */
  list(query?: { readonly after?: string; readonly limit?: number; readonly search?: string }): Promise<IntegrationPage>
  /**
   * The same by state: what needs attention first, or by slug alone with `order: 'slug'`; of certain states, where some are
   * named. `counts` says how many of those that are searched are in each. All workspaces are judged for it: where there are so
   * many that this takes more than 50 ms, order and counts may be 20 times as old as it took. Each health is of now.
   */
  byState(query?: {
    readonly states?: readonly HealthState[]
    readonly order?: 'attention' | 'slug'
    readonly after?: string
    readonly limit?: number
    readonly search?: string
    /** Which are looked at, by slug; all unless it is given. */
    readonly only?: (slug: string) => boolean
  }): Promise<IntegrationPage & { readonly counts: Readonly<Record<HealthState, number>> }>
}

export interface IntegrationPage {
  readonly integrations: readonly { readonly workspace: Workspace; readonly health: Health }[]
  /** For `after`; nothing on the last page. */
  readonly next: string | undefined
}

const PAGE = 50

/** `scim.checklist`. The requests of the provider's own tokens count, or of all tokens where none was issued for it. */
export type ChecklistOf = (workspace: string, provider: Provider) => Promise<Checklist>

/** `flush` writes the activity that is still gathered in memory. */
export function healthOf(context: Context, flush: () => Promise<void>): Integrations {
  const counted = new CountedHours((workspaces, from, until) =>
    answersOf(context.store, workspaces, { since: idAt('act', from), until: idAt('act', until) }),
  )
  const successes = new KnownSuccesses()
  const census = new Census({
    all: () => allWorkspaces(context.store),
    judge: (workspaces) => statesOfAll(context, workspaces),
  })
  const integrationsOf = async (rows: readonly WorkspaceRow[]) => {
    const health = await healthOfAll(context, rows, counted)
    return rows.map((row, index) => ({ workspace: toWorkspace(row), health: health[index] as Health }))
  }
  return {
    ofWorkspace: async (slug) => {
      const workspace = await existingWorkspace(context, slug)
      await flush()
      const [health] = await healthOfAll(context, [workspace], counted)
      return health as Health
    },
    failures: async (slug) => {
      const { key } = await existingWorkspace(context, slug)
      await flush()
      return openFailures(context, key, successes)
    },
    list: async ({ after = '', limit, search = '' } = {}) => {
      const wanted = {
        after: textOf('The last slug', after),
        limit: limitOf(limit, PAGE),
        search: fold(textOf('What to search for', search)).trim(),
      }
      await flush()
      const { rows, next } = await workspacesPage(context.store, wanted)
      return { integrations: await integrationsOf(rows), next }
    },
    byState: async ({ states = HEALTH_STATES, order = 'attention', only = () => true, ...query } = {}) => {
      for (const state of states) oneOf('A state', state, HEALTH_STATES)
      const placeOf = oneOf('An order', order, ['attention', 'slug']) === 'slug' ? slugOf : rankAndSlugOf
      const after = textOf('Where the page before ended', query.after ?? '')
      const limit = limitOf(query.limit, PAGE)
      const search = fold(textOf('What to search for', query.search ?? '')).trim()
      await flush()
      const judged = (await census.take()).filter(
        ({ workspace }) => only(workspace.slug) && isCalled(workspace, search),
      )
      const later = judged
        .filter((one) => states.includes(one.state) && placeOf(one) > after)
        .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
      const shown = later.slice(0, limit)
      const last = shown.at(-1)
      return {
        integrations: await integrationsOf(await workspacesOf(context.store, shown.map(keyOf))),
        next: later.length > limit && last ? placeOf(last) : undefined,
        counts: countsOf(judged),
      }
    },
  }
}

function keyOf({ workspace }: Judged): number {
  return workspace.key
}

function slugOf({ workspace }: Judged): string {
  return workspace.slug
}

/** Orders by how much a state needs somebody, then by slug. */
function rankAndSlugOf({ workspace, state }: Judged): string {
  return `${HEALTH_STATES.indexOf(state)} ${workspace.slug}`
}

function countsOf(judged: readonly Judged[]): Record<HealthState, number> {
  const counts = { failing: 0, silent: 0, waiting: 0, healthy: 0, off: 0 }
  for (const { state } of judged) counts[state] += 1
  return counts
}

export function checklistOf(context: Context, flush: () => Promise<void>): ChecklistOf {
  return async (slug, provider) => {
    const workspace = await existingWorkspace(context, slug)
    await flush()
    return checklist(context, workspace, oneOf('A provider', provider, PROVIDERS))
  }
}
