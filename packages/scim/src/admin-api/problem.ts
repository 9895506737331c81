import { ScimError } from '../base/errors.ts'
import type { Language } from '../base/language.ts'
import { GERMAN_PROBLEMS } from '../base/problems.de.ts'
import type { ProblemCode } from '../base/problems.ts'
import { HistoryRefused } from '../provisioning/history/refused.ts'
import { RowsRefused } from '../provisioning/people/account.ts'
import { SetupRefused } from '../provisioning/setup/refused.ts'
import { WorkspaceRefused } from '../provisioning/workspaces.ts'
import { GERMAN_REFUSAL_FIXES } from './refusals.de.ts'
import { AdminRefused, REFUSALS, type RefusalCode } from './refusals.ts'
import type { Problem, ProblemPart } from './schemas/problem.ts'

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

/** What to do about it is said in the language of whoever asks; the detail is what logs and providers have too. */
export function failureOf(error: unknown, language: Language): Failure {
  const known = toKnown(error)
  if (known instanceof AdminRefused) {
    const { code, message, problems, headers } = known
    const { status } = REFUSALS[code]
    const fix = language === 'de' ? GERMAN_REFUSAL_FIXES[code] : REFUSALS[code].fix
    return { problem: problemOf(code, status, message, fix, problems), headers, fault: undefined }
  }
  const { code, status, detail, headers } = known
  const fix = language === 'de' ? GERMAN_PROBLEMS[code].fix : known.fix
  const problem = problemOf(code, status, detail, FIXES.has(code) ? fix : undefined, [])
  return { problem, headers, fault: status >= 500 ? (known.cause ?? known) : undefined }
}

function problemOf(
  code: string,
  status: number,
  detail: string,
  fix: string | undefined,
  problems: readonly ProblemPart[],
): Problem {
  return {
    type: `/docs/reference/errors#${code}`,
    title: titleOf(code),
    status,
    detail,
    code,
    ...(fix !== undefined && { fix }),
    ...(problems.length > 0 && { problems: problems.slice(0, PARTS) }),
  }
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
  if (error instanceof WorkspaceRefused) return reworded(OF_WORKSPACES[error.code], error.message)
  if (error instanceof HistoryRefused) return reworded(OF_HISTORY[error.code], error.message)
  if (error instanceof SetupRefused) return reworded('setup_link_refused', error.message)
  if (error instanceof RowsRefused) return rowsRefused(error)
  return new ScimError('internal', {}, {}, error)
}

function rowsRefused({ problems }: RowsRefused): AdminRefused {
  const parts = problems.map(({ index, reason }) => ({ path: `people[${index}]`, reason }))
  return new AdminRefused('people_refused', { count: problems.length }, { problems: parts })
}

function reworded(code: RefusalCode, message: string): AdminRefused {
  const refused = new AdminRefused(code)
  refused.message = message
  return refused
}
