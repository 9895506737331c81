import { z } from '@hono/zod-openapi'
import type { Words } from '../base/words.ts'

/** What may be wrong with a place of a request, beside what zod has words for in both languages. */
export const REASONS = {
  unknown: { en: 'is not known here', de: 'ist hier nicht bekannt' },
  twice: { en: 'is given twice', de: 'ist zweimal angegeben' },
  broken: { en: 'contains NUL or half of a character', de: 'enthält NUL oder ein halbes Zeichen' },
  long: { en: 'is too long', de: 'ist zu lang' },
  blank: { en: 'must not be blank', de: 'darf nicht leer sein' },
  past: { en: 'must be in the future', de: 'muss in der Zukunft liegen' },
  number: { en: 'must be a whole number', de: 'muss eine ganze Zahl sein' },
  limit: { en: 'must be from 1 to 1000', de: 'muss von 1 bis 1000 sein' },
  delta: { en: 'must have `add` or `remove`', de: 'muss `add` oder `remove` haben' },
} as const satisfies Readonly<Record<string, Words>>

const OWN = new Map<string, Words>(Object.values(REASONS).map((words) => [words.en, words]))
const german = z.locales.de().localeError

/** Why a place is refused, as a schema says it: its own messages are among ours. */
export function reasonOf(issue: z.core.$ZodIssue): Words {
  const own = OWN.get(issue.message)
  if (own) return own
  const said = german(issue as z.core.$ZodRawIssue)
  return { en: issue.message, de: (typeof said === 'string' ? said : said?.message) ?? issue.message }
}
