import { misused } from './fault.ts'

const HOUR = 3_600_000
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR, y: 365 * 24 * HOUR }
/** Beyond it a date could no longer be written with four digits for the year. */
const LONGEST = 100 * 365 * 24 * HOUR

/** Reads a duration from now on, or a date such as `2027-01-31`, as the moment that it means. */
export function readMoment(option: string, text: string, now = Date.now()): number {
  if (!/^\d{4}-/.test(text)) return now + readDuration(option, text)
  const at = Date.parse(text)
  if (at > now) return at
  const reason = Number.isNaN(at) ? 'it is no date' : 'it has passed'
  throw misused(
    `${option} "${text}" is not possible: ${reason}.`,
    `Write ${option} 90d or ${option} 2099-12-31, for instance.`,
  )
}

/** Reads how long ago, or a time such as `2026-01-31T12:00Z`, UTC unless it says otherwise, as the moment that it means. */
export function readPast(option: string, text: string, now = Date.now()): number {
  if (!/^\d{4}-/.test(text)) return now - readDuration(option, text, { example: '12h' })
  const at = Date.parse(/T[^Zz+-]*$/.test(text) ? `${text}Z` : text)
  if (at <= now) return at
  const reason = Number.isNaN(at) ? 'it is no time' : 'it is still to come'
  const example = `Write ${option} 2026-01-31T12:00Z or ${option} 12h, for instance.`
  throw misused(`${option} "${text}" is not possible: ${reason}.`, example)
}

/** Reads `365d`, `12h`, `2w` or `1y`, and where it is allowed `0`, in milliseconds. */
export function readDuration(option: string, text: string, { zero = false, example = '90d' } = {}): number {
  const wrong = (reason: string) =>
    misused(`${option} "${text}" is not possible: ${reason}.`, `Write it as in ${option} ${example}.`)
  if (zero && /^0+[hdwy]?$/.test(text)) return 0
  const [, digits, unit = ''] = /^(\d{1,6})([hdwy])$/.exec(text.trim()) ?? []
  if (digits === undefined) {
    throw wrong('a duration is a whole number and a unit, h (hours), d (days), w (weeks) or y (years of 365 days)')
  }
  const milliseconds = Number(digits) * (UNITS[unit] ?? 0)
  if (milliseconds === 0) throw wrong('it has to be longer than nothing')
  if (milliseconds > LONGEST) throw wrong('100 years is the longest')
  return milliseconds
}
