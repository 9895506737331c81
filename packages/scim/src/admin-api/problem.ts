import { ScimError } from '../base/errors.ts'
import type { Language } from '../base/language.ts'
import { GERMAN_PROBLEMS } from '../base/problems.de.ts'
import type { Facts, ProblemCode } from '../base/problems.ts'
import { withoutSecrets } from '../base/secrets.ts'
import { HistoryRefused } from '../provisioning/history/refused.ts'
import { RowsRefused } from '../provisioning/people/account.ts'
import { SetupRefused } from '../provisioning/setup/refused.ts'
import { WorkspaceRefused } from '../provisioning/workspaces.ts'
import { GERMAN_SHARED } from './problems.de.ts'
import { GERMAN_REFUSALS } from './refusals.de.ts'
import { AdminRefused, type Misplaced, REFUSALS, type RefusalCode } from './refusals.ts'
import { GERMAN_ROW_FAULTS } from './rows.de.ts'
import type { Problem } from './schemas/problem.ts'

/** An error as it is answered. */
export interface Failure {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>
  /** What is to be looked into, where it was ours. */
  readonly fault: unknown
}

/** Parts named in one answer at the most. */
const PARTS = 100

/** Those that a provider's admin reads have fixes in the words of providers, which would mislead here. */
const FIXES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'group_managed',
  'group_name_taken',
  'user_name_taken',
  'members_unknown',
  'feed_position_unknown',
  'reconcile_outdated',
  'problem_unknown',
  'overloaded',
  'store_unavailable',
  'internal',
])

/** Said in the language of whoever asks, as far as there are words for it. */
export function failureOf(error: unknown, language: Language): Failure {
  const known = toKnown(error)
  if (known instanceof AdminRefused) {
    const { code, problems, headers } = known
    const words = language === 'de' ? germanOf(known) : englishOf(known, REFUSALS[code].fix)
    return {
      problem: { ...problemOf(code, REFUSALS[code].status, words), ...partsOf(problems, language) },
      headers,
      fault: undefined,
    }
  }
  const { code, status, headers } = known
  const words = language === 'de' ? germanOfShared(known) : englishOf(known, known.fix)
  const { fix, ...others } = words
  const problem = problemOf(code, status, FIXES.has(code) ? { ...others, fix } : others)
  return { problem, headers, fault: status >= 500 ? (known.cause ?? known) : undefined }
}

type Said = Pick<Problem, 'title' | 'detail' | 'language' | 'fix'>

function englishOf({ code, message }: AdminRefused | ScimError, fix: string) {
  return { title: titleOf(code), detail: message, language: 'en', fix } as const
}

function germanOf({ code, facts }: AdminRefused) {
  const { title, detail, fix } = GERMAN_REFUSALS[code]
  return { title, detail: detail(facts), language: 'de', fix } as const
}

/** A detail that is there in English alone is said to be. */
function germanOfShared({ code, facts, message }: ScimError) {
  const { title = titleOf(code), detail } = GERMAN_SHARED[code] ?? {}
  const { fix } = GERMAN_PROBLEMS[code]
  if (!detail) return { title, detail: message, language: 'en', fix } as const
  return { title, detail: detail(facts), language: 'de', fix } as const
}

function problemOf(code: string, status: number, said: Said): Problem {
  const { title, language, fix } = said
  // Somebody may have pasted one where an id belongs.
  const detail = withoutSecrets(said.detail)
  return {
    type: `/docs/reference/errors#${code}`,
    ...{ title, status, detail, language, code },
    ...(fix !== undefined && { fix }),
  }
}

function partsOf(problems: readonly Misplaced[], language: Language): Pick<Problem, 'problems' | 'count'> {
  if (problems.length === 0) return {}
  const named = problems
    .slice(0, PARTS)
    .map(({ path, reason }) => ({ path: withoutSecrets(path), reason: withoutSecrets(reason[language]) }))
  return { problems: named, count: problems.length }
}

function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const OF_WORKSPACES = {
  unknown: 'workspace_unknown',
  taken: 'workspace_taken',
  slug: 'workspace_slug',
  name: 'workspace_name',
  guard: 'workspace_guard',
} as const satisfies Record<WorkspaceRefused['code'], RefusalCode>

const OF_HISTORY = {
  group_unknown: 'group_gone',
  group_deleted: 'group_deleted',
  person_unknown: 'person_unknown',
  preview_outdated: 'preview_outdated',
} as const satisfies Record<HistoryRefused['code'], RefusalCode>

/** Whatever is no refusal is a fault; its own text stays in the log. */
function toKnown(error: unknown): AdminRefused | ScimError {
  if (error instanceof AdminRefused || error instanceof ScimError) return error
  if (error instanceof WorkspaceRefused) return reworded(OF_WORKSPACES[error.code], error.message, error.facts)
  if (error instanceof HistoryRefused) return reworded(OF_HISTORY[error.code], error.message, error.facts)
  if (error instanceof SetupRefused) return reworded('setup_link_refused', error.message, { state: error.code })
  if (error instanceof RowsRefused) return rowsRefused(error)
  return new ScimError('internal', {}, {}, error)
}

function rowsRefused({ problems }: RowsRefused): AdminRefused {
  const parts = problems.map(({ index, reason, fault }) => ({
    path: `people[${index}]`,
    reason: { en: reason, de: fault ? GERMAN_ROW_FAULTS[fault.code](fault.facts) : reason },
  }))
  return new AdminRefused('people_refused', { count: problems.length }, { problems: parts })
}

/** In the words of whoever refused. */
function reworded(code: RefusalCode, message: string, facts: Facts): AdminRefused {
  const refused = new AdminRefused(code, facts)
  refused.message = message
  return refused
}
