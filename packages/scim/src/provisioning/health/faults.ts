import { fill, fillTime } from '../../base/words.ts'
import { GERMAN } from './faults.de.ts'
import { ENGLISH, type FaultCode, type Faults } from './faults.en.ts'
import { GERMAN as GERMAN_REASONS } from './reasons.de.ts'
import { ENGLISH as ENGLISH_REASONS } from './reasons.en.ts'

export type { FaultCode } from './faults.en.ts'

/** A text in every language. */
export interface Words {
  readonly en: string
  readonly de: string
}

export type FaultFacts = Readonly<Record<string, string | number>>

/** What is wrong with a step and what helps, in words; of the facts, `at` is a time. */
export function faultWords(code: FaultCode, facts: FaultFacts): { readonly cause: Words; readonly fix: Words } {
  const part = (name: 'cause' | 'fix'): Words => ({
    en: inWords(ENGLISH, ENGLISH_REASONS.time)[name],
    de: inWords(GERMAN, GERMAN_REASONS.time)[name],
  })
  const inWords = (faults: Faults, time: string) => {
    const all = { ...facts, time: typeof facts.at === 'number' ? fillTime(time, facts.at) : '' }
    return { cause: fill(faults[code].cause, all), fix: fill(faults[code].fix, all) }
  }
  return { cause: part('cause'), fix: part('fix') }
}
