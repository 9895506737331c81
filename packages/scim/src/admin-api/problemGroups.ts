import type { OpenProblem } from '../library/problems.ts'
import { PROBLEM_CAUSES, type ProblemExample, type ProblemGroup } from './schemas/problems.ts'
import { timeText } from './times.ts'

type Cause = ProblemGroup['cause']

const EXAMPLES = 50
/** Groups that an example names, where all causes are shown at once. */
const GROUPS = 20

/** Open problems by cause, each with its count and what to do. */
export function groupProblems(problems: readonly OpenProblem[]): ProblemGroup[] {
  const groups = Map.groupBy(problems, causeOf)
  return PROBLEM_CAUSES.filter((cause) => groups.has(cause)).map((cause) => {
    const all = groups.get(cause) ?? []
    const dismissible = cause === 'member_unknown' || cause === 'member_removed'
    const examples = all.slice(0, EXAMPLES).map((problem) => toExample(problem, GROUPS))
    return { cause, count: all.length, ...WORDS[cause], dismissible, examples }
  })
}

/** Those of a cause after an id, in the order of ids, each with all its groups; `limit` at the most. */
export function problemsAfter(
  problems: readonly OpenProblem[],
  cause: Cause,
  after: string | undefined,
  limit: number,
): ProblemExample[] {
  const rest = problems.filter((problem) => causeOf(problem) === cause && problem.id > (after ?? ''))
  return rest.slice(0, limit).map((problem) => toExample(problem))
}

function causeOf(problem: OpenProblem): Cause {
  if (problem.kind === 'unresolved_member') return problem.removed ? 'member_removed' : 'member_unknown'
  return problem.kind
}

function toExample(problem: OpenProblem, groups = Number.POSITIVE_INFINITY): ProblemExample {
  const nothing = { name: null, at: null, groups: [], accounts: [] }
  switch (problem.kind) {
    case 'unresolved_member':
      return { ...nothing, id: problem.id, at: timeText(problem.since), groups: problem.groups.slice(0, groups) }
    case 'claim_ambiguous':
      return { ...nothing, id: problem.id, name: problem.userName, accounts: [...problem.accounts] }
    case 'pending_name_taken':
      return { ...nothing, id: problem.id }
    case 'token_expiring':
      return { ...nothing, id: problem.id, name: problem.label, at: timeText(problem.expiresAt) }
  }
}

const WORDS: Readonly<Record<Cause, Pick<ProblemGroup, 'title' | 'fix'>>> = {
  member_unknown: {
    title: {
      en: 'The provider names members whom nobody here knows',
      de: 'Der Provider nennt Mitglieder, die hier niemand kennt',
    },
    fix: {
      en: 'Add the people to the workspace, or take them out of the group in the provider. What is meant to stay can be dismissed.',
      de: 'Nehmen Sie die Personen in den Workspace auf, oder entfernen Sie sie beim Provider aus der Gruppe. Was so bleiben soll, lässt sich ausblenden.',
    },
  },
  member_removed: {
    title: {
      en: 'People who were removed are still members at the provider',
      de: 'Entfernte Personen sind beim Provider noch Mitglied',
    },
    fix: {
      en: 'Take them out of the group, or unassign them, in the provider.',
      de: 'Entfernen Sie sie beim Provider aus der Gruppe, oder heben Sie ihre Zuweisung auf.',
    },
  },
  claim_ambiguous: {
    title: {
      en: 'Several accounts fit a pending person',
      de: 'Zu einer vorgemerkten Person passen mehrere Konten',
    },
    fix: {
      en: 'Leave the verified address to one account only, or correct the userName in the provider.',
      de: 'Lassen Sie die bestätigte Adresse nur einem Konto, oder berichtigen Sie den userName beim Provider.',
    },
  },
  pending_name_taken: {
    title: {
      en: 'An account has taken the userName of a pending person',
      de: 'Ein Konto hat den userName einer vorgemerkten Person übernommen',
    },
    fix: {
      en: 'Let the provider push the person again, or remove the person there.',
      de: 'Lassen Sie den Provider die Person noch einmal übertragen, oder entfernen Sie sie dort.',
    },
  },
  token_expiring: {
    title: { en: 'A token is about to end', de: 'Ein Token läuft bald ab' },
    fix: {
      en: 'Rotate it: issue a new one, paste it into the provider, and retire the old one once the new one is used.',
      de: 'Rotieren Sie es: neues ausstellen, beim Provider eintragen, und das alte zurückziehen, sobald das neue benutzt wird.',
    },
  },
}
