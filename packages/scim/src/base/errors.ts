import { type Facts, PROBLEMS, type Problem, type ProblemCode, type ScimType } from './problems.ts'
import { withoutSecrets } from './secrets.ts'

/** The one error of this library: a refusal with its code from the list of problems, and the facts of the case. */
export class ScimError extends Error {
  override readonly name = 'ScimError'
  readonly code: ProblemCode
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly fix: string
  /** Of the case: what stands in the detail. */
  readonly facts: Facts
  /** Headers the answer carries, such as `Allow` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, facts: Facts = {}, headers: Readonly<Record<string, string>> = {}, cause?: unknown) {
    const problem: Problem = PROBLEMS[code]
    super(withoutSecrets(problem.detail(facts)), cause === undefined ? undefined : { cause })
    this.code = code
    this.status = problem.status
    this.scimType = problem.scimType
    this.fix = problem.fix
    this.facts = facts
    this.headers = headers
  }

  get detail(): string {
    return this.message
  }
}

/** A short form for the bulk of refusals, whose only fact is a reason in words. */
export function refuse(
  code:
    | 'invalid_syntax'
    | 'invalid_value'
    | 'invalid_filter'
    | 'invalid_path'
    | 'no_target'
    | 'mutability'
    | 'invalid_count',
  reason: string,
): ScimError {
  return new ScimError(code, { reason })
}
