import { type Context, HOST } from '../provisioning/call.ts'
import { type ClaimProblem, type NameProblem, pendingProblems } from '../provisioning/problems/pending.ts'
import { dismissUnresolved, type UnresolvedProblem, unresolvedProblems } from '../provisioning/problems/unresolved.ts'
import { listTokens } from '../provisioning/tokens/tokens.ts'
import { textOf } from './given.ts'
import type { By } from './groups.ts'
import { existingWorkspace } from './workspaces.ts'

/** A live token that ends within 30 days. */
export interface TokenProblem {
  readonly kind: 'token_expiring'
  readonly id: string
  readonly label: string
  readonly expiresAt: number
}

/** Something of a workspace that only a person can put right. */
export type OpenProblem = UnresolvedProblem | ClaimProblem | NameProblem | TokenProblem

/** What is open in a workspace. Each goes by itself once its cause has gone. */
export interface Problems {
  /** All of them, however many: cause by cause, each in the order of the ids, so that a page can begin after any. */
  list(workspace: string): Promise<OpenProblem[]>
  /**
   * Puts an unresolved id aside; it comes back when a provider names it anew. The membership stays. Refuses what is no
   * open problem of that kind with `problem_unknown`.
   */
  dismiss(workspace: string, id: string, by?: By): Promise<void>
}

export function problemsOf(context: Context): Problems {
  return {
    list: async (slug) => {
      const workspace = await existingWorkspace(context, slug)
      const expiring = (await listTokens(context, workspace)).filter(({ state }) => state === 'expiring')
      return inOrder([
        ...(await unresolvedProblems(context.store, workspace.key)),
        ...(await pendingProblems(context.store, workspace.key)),
        ...expiring.map(({ id, label, expiresAt }) => ({ kind: 'token_expiring' as const, id, label, expiresAt })),
      ])
    },
    dismiss: async (slug, id, { admin } = {}) => {
      const workspace = await existingWorkspace(context, slug)
      const actor = admin === undefined ? HOST : ({ kind: 'admin', label: admin } as const)
      await dismissUnresolved(context, { workspace, actor, request: null, at: context.clock() }, textOf('An id', id))
    },
  }
}

function inOrder(problems: readonly OpenProblem[]): OpenProblem[] {
  const causes = Map.groupBy(problems, (problem) => `${problem.kind} ${'removed' in problem && problem.removed}`)
  return [...causes.values()].flatMap((same) => same.sort((one, other) => (one.id < other.id ? -1 : 1)))
}
