import type { Context } from '../provisioning/call.ts'
import type { Checklist } from '../provisioning/health/checklist.ts'
import type { Health } from '../provisioning/health/health.ts'
import type { Provider } from '../provisioning/tokens/tokens.ts'
import type { Workspace } from '../provisioning/workspaces.ts'

/** How the integrations are: whether each works, and what is wrong where one does not. */
export interface Integrations {
  ofWorkspace(workspace: string): Promise<Health>
  /**
   * All workspaces in the order of their slugs, after the slug `after`, each with its health; `next` asks for the page after.
   * The number of statements is the same for a page of any size.
   */
  list(query?: { readonly after?: string; readonly limit?: number }): Promise<{
    readonly integrations: readonly { readonly workspace: Workspace; readonly health: Health }[]
    readonly next: string | undefined
  }>
}

export type ChecklistOf = (workspace: string, provider: Provider) => Promise<Checklist>

/** `flush` writes the activity that is still gathered in memory. */
export function healthOf(_context: Context, _flush: () => Promise<void>): Integrations {
  throw new Error('not yet')
}

export function checklistOf(_context: Context, _flush: () => Promise<void>): ChecklistOf {
  throw new Error('not yet')
}
