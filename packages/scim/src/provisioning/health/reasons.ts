import { GERMAN_PROBLEMS } from '../../base/problems.de.ts'
import { PROBLEMS, type ProblemCode } from '../../base/problems.ts'
import { fill, fillTime, type Words } from '../../base/words.ts'
import { GERMAN } from './reasons.de.ts'
import { ENGLISH, type ReasonCode, type Reasons } from './reasons.en.ts'

export type { ReasonCode } from './reasons.en.ts'

/** A reason in words; of the facts, `at` is a time, and `problem` what a request was refused for. */
export function wordsOf(
  code: ReasonCode,
  facts: Readonly<Record<string, string | number>> = {},
  problem: ProblemCode | null = null,
): Words {
  const cause = problemWords(problem, 'cause')
  return {
    en: inWords(ENGLISH, code, { ...facts, cause: cause?.en ?? '' }),
    de: inWords(GERMAN, code, { ...facts, cause: cause?.de ?? '' }),
  }
}

/** Why a problem happens, or what to do about it. */
export function problemWords(problem: ProblemCode | null, what: 'cause' | 'fix'): Words | null {
  return problem === null ? null : { en: PROBLEMS[problem][what], de: GERMAN_PROBLEMS[problem][what] }
}

function inWords(words: Reasons, code: ReasonCode, facts: Readonly<Record<string, string | number>>): string {
  const time = typeof facts.at === 'number' ? fillTime(words.time, facts.at) : ''
  return fill(words[code], { ...facts, time }).trimEnd()
}
