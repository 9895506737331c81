import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const arrayForSingleValue: DialectRule<Json> = {
  name: 'array-for-single-value',
  description: {
    en: 'A list of one, such as `[true]`, where a single value belongs reads as that value.',
    de:
      'Eine Liste mit einem Element, etwa `[true]`, gilt dort, wo ein einzelner Wert hingehört, als dieser ' + 'Wert.',
  },
  seen: 'Okta and Entra, unconfirmed',
  read: (value) => (Array.isArray(value) && value.length === 1 ? value[0] : undefined),
}
