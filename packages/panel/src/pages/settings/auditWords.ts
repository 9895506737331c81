import type { en } from '../../i18n/en.ts'
import type { Format } from '../../i18n/format.ts'

type Words = typeof en

/** What was done, in words; what a newer or older service says beside, as it says it. */
export function actionWords(action: string, { audit }: Words): string {
  return wordOf(audit.actions, action)
}

/** What an entry says beside, `SCIM: on`. */
export function detailWords(
  details: Readonly<Record<string, unknown>> | null,
  t: Words,
  { number, moment }: Pick<Format, 'number' | 'moment'>,
): string[] {
  const value = (name: string, given: unknown): string => {
    if (typeof given === 'number') return number(given)
    const text = typeof given === 'object' ? JSON.stringify(given) : String(given)
    if (name === 'at' && !Number.isNaN(Date.parse(text))) return moment(text)
    if (name === 'provider') return wordOf(t.providers, text)
    // What somebody wrote stays as it was written.
    return name === 'name' ? text : wordOf(t.audit.values, text)
  }
  return Object.entries(details ?? {}).map(([name, given]) => `${wordOf(t.audit.details, name)}: ${value(name, given)}`)
}

function wordOf(words: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(words, name) ? (words[name] ?? name) : name
}
