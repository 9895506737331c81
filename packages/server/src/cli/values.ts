import { misused } from './fault.ts'
import { nearest } from './nearest.ts'

/** One of a few words; nothing where the option was not given. */
export function choice<T extends string>(option: string, value: unknown, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined
  const text = String(value)
  const known = choices.find((candidate) => candidate === text.toLowerCase())
  if (known !== undefined) return known
  const near = nearest(text, choices)
  const next = near === undefined ? `Choose from: ${choices.join(', ')}.` : `Did you mean ${option} ${near}?`
  throw misused(`${option} "${text}" is not possible: it is one of ${choices.join(', ')}.`, next)
}

/** A text that says something. */
export function words(option: string, value: unknown, example: string): string {
  const text = String(value).trim()
  const reason = text === '' ? 'it is blank' : text.length > 200 ? 'it is longer than 200 characters' : undefined
  if (reason === undefined) return text
  throw misused(
    `${option} "${text.slice(0, 40)}" is not possible: ${reason}.`,
    `Write ${option} "${example}", for instance.`,
  )
}

/** A whole number from `least` to `most`; nothing where the option was not given. */
export function whole(option: string, value: unknown, least: number, most: number): number | undefined {
  if (value === undefined) return undefined
  const text = String(value).trim()
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  const problem = `${option} "${text}" is not possible: it is a whole number from ${least} to ${most}.`
  throw misused(problem, `Write ${option} ${Math.min(most, Math.max(least, 50))}, for instance.`)
}

/** An e-mail address, as far as its form can tell. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 320
}
