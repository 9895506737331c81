import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const numberForString: DialectRule<Json> = {
  name: 'number-for-string',
  description: {
    en: 'A number where a text belongs reads as its digits, unless JSON has already rounded it.',
    de: 'Eine Zahl, wo ein Text hingehört, gilt als ihre Ziffern, es sei denn, JSON hat sie schon gerundet.',
  },
  seen: 'attribute mappings such as employeeNumber',
  read: (value) => {
    if (typeof value !== 'number') return undefined
    const exact = Number.isSafeInteger(value) || (!Number.isInteger(value) && Number.isFinite(value))
    return exact ? String(value) : undefined
  },
}
