import { isObject, type Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const objectForArray: DialectRule<Json> = {
  name: 'object-for-array',
  description: 'A single object or string where a list belongs reads as a list of one.',
  seen: 'OneLogin (emails), Microsoft sample client (value of an add to members)',
  read: (value) => (isObject(value) || typeof value === 'string' ? [value] : undefined),
}
