import type { OpenProblem } from '@optimaite/scim'
import type { ProblemExample, ProblemGroup } from '@optimaite/scim/admin'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { type Items, listed } from './lists.ts'

/** An open problem as the admin API answers it, with its time in milliseconds. */
type Answered = Omit<ProblemExample, 'at'> & { readonly at: number | null }

export function remoteProblems(remote: Remote): Library['problems'] {
  return {
    list: async (slug) => {
      const open: OpenProblem[] = []
      // What is answered of all causes are examples.
      for (const { cause } of (await remote.call<Items<ProblemGroup>>('GET', inWorkspace(slug, 'problems'))).items) {
        const found = await listed<Answered>(remote, inWorkspace(slug, 'problems', cause))
        for (const one of found) open.push(toProblem(cause, one))
      }
      return open
    },
    dismiss: (slug, id) => remote.call('POST', inWorkspace(slug, 'problems', id, 'dismiss')),
  }
}

function toProblem(cause: ProblemGroup['cause'], { id, name, at, groups, accounts }: Answered): OpenProblem {
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
