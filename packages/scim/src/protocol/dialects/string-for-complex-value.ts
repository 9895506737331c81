import type { Json } from '../../base/json.ts'
import type { Attribute } from '../schemas/attribute.ts'
import type { DialectRule } from './rule.ts'

export const stringForComplexValue: DialectRule<Json, Attribute> = {
  name: 'string-for-complex-value',
  description: {
    en: 'A text where an object with `value` belongs, such as a manager or an e-mail, reads as its `value`.',
    de:
      'Ein Text, wo ein Objekt mit `value` hingehört, etwa ein Vorgesetzter oder eine E-Mail-Adresse, gilt als ' +
      'dessen `value`.',
  },
  seen: 'Entra (manager), template-driven clients (emails)',
  read: (value, attribute) => {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    return attribute.subAttributes?.some(({ name }) => name === 'value') ? { value } : undefined
  },
}
