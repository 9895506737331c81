import { fill, fillTime } from '../../base/words.ts'
import { GERMAN } from './reasons.de.ts'
import { ENGLISH, type ReasonCode, type Reasons } from './reasons.en.ts'

export type { ReasonCode } from './reasons.en.ts'

/** A reason in words; of the facts, `at` is a time. */
export function wordsOf(
  code: ReasonCode,
  facts: Readonly<Record<string, string | number>> = {},
): { readonly en: string; readonly de: string } {
  return { en: inWords(ENGLISH, code, facts), de: inWords(GERMAN, code, facts) }
}

function inWords(words: Reasons, code: ReasonCode, facts: Readonly<Record<string, string | number>>): string {
  const time = typeof facts.at === 'number' ? fillTime(words.time, facts.at) : ''
  return fill(words[code], { ...facts, time })
}
