import type { OpenProblem } from '@optimaite/scim'
import type { ProblemExample, ProblemGroup } from '@optimaite/scim/admin'

/** What the admin API answers, with its times in milliseconds. */
interface Answered {
  readonly items: readonly (Omit<ProblemGroup, 'examples'> & { readonly examples: readonly Example[] })[]
}
type Example = Omit<ProblemExample, 'at'> & { readonly at: number | null }

/** What is open, one by one; of each cause the service names some and counts the others. */
export function openProblems({ items }: Answered): { open: OpenProblem[]; more: number } {
  const open = items.flatMap(({ cause, examples }) => examples.map((example) => toProblem(cause, example)))
  const all = items.reduce((sum, { count }) => sum + count, 0)
  return { open, more: all - open.length }
}

function toProblem(cause: ProblemGroup['cause'], { id, name, at, groups, accounts }: Example): OpenProblem {
  switch (cause) {
    case 'member_unknown':
    case 'member_removed':
      return { kind: 'unresolved_member', id, since: at, removed: cause === 'member_removed', groups }
    case 'claim_ambiguous':
      return { kind: cause, id, userName: name ?? '', accounts }
    case 'pending_name_taken':
      return { kind: cause, id }
    case 'token_expiring':
      return { kind: cause, id, label: name ?? '', expiresAt: at ?? 0 }
  }
}
