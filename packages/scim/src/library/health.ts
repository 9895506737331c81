import { fold } from '../base/fold.ts'
import { idAt } from '../base/ids.ts'
import type { Context } from '../provisioning/call.ts'
import { type Checklist, checklist } from '../provisioning/health/checklist.ts'
import { CountedHours } from '../provisioning/health/countedHours.ts'
import { KnownSuccesses, type OpenFailures, openFailures } from '../provisioning/health/failures.ts'
import { type Health, healthOfAll } from '../provisioning/health/health.ts'
import { PROVIDERS, type Provider } from '../provisioning/tokens/tokens.ts'
import { toWorkspace, type Workspace } from '../provisioning/workspaces.ts'
import { answersOf, workspacesPage } from '../store/health.ts'
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
  list(query?: { readonly after?: string; readonly limit?: number; readonly search?: string }): Promise<{
    readonly integrations: readonly { readonly workspace: Workspace; readonly health: Health }[]
    readonly next: string | undefined
  }>
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
      const health = await healthOfAll(context, rows, counted)
      const integrations = rows.map((row, index) => ({
        workspace: toWorkspace(row),
        health: health[index] as Health,
      }))
      return { integrations, next }
    },
  }
}

export function checklistOf(context: Context, flush: () => Promise<void>): ChecklistOf {
  return async (slug, provider) => {
    const workspace = await existingWorkspace(context, slug)
    await flush()
    return checklist(context, workspace, oneOf('A provider', provider, PROVIDERS))
  }
}
