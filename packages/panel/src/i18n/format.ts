import type { Language } from '../api/types.ts'

const STEPS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['month', 2_592_000],
  ['year', 31_536_000],
] as const

export interface Format {
  readonly number: (value: number) => string
  /** Day and time, to the second. */
  readonly moment: (at: string) => string
  readonly day: (at: string) => string
  /** `3 minutes ago`, `in 20 days`. */
  readonly relative: (at: string, now?: number) => string
  readonly list: (texts: readonly string[]) => string
}

/** Numbers and times as a language writes them, in the time zone of the browser. */
export function formatIn(language: Language): Format {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const number = new Intl.NumberFormat(locale)
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const list = new Intl.ListFormat(locale)
  return {
    number: (value) => number.format(value),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    relative: (at, now = Date.now()) => {
      const seconds = Math.round((Date.parse(at) - now) / 1_000)
      const [unit, size] = STEPS.findLast(([, least]) => Math.abs(seconds) >= least) ?? STEPS[0]
      return relative.format(Math.trunc(seconds / size), unit)
    },
    list: (texts) => list.format(texts),
  }
}
