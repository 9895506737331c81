import { isObject, type Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const objectForArray: DialectRule<Json> = {
  name: 'object-for-array',
  description: {
    en: 'A single object or string where a list belongs reads as a list of one.',
    de: 'Ein einzelnes Objekt oder ein Text, wo eine Liste hingehört, gilt als Liste mit einem Element.',
  },
  seen: 'OneLogin (emails), Microsoft sample client (value of an add to members)',
  read: (value) => (isObject(value) || typeof value === 'string' ? [value] : undefined),
}
