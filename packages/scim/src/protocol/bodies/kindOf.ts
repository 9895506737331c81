import type { Json } from '../../base/json.ts'

const KINDS = { object: 'an object', number: 'a number', boolean: 'a boolean', string: 'a text' } as const

/** What kind of JSON was sent, in words and without repeating it: it may be personal data. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : KINDS[typeof value as keyof typeof KINDS]
}
