import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const numberForString: DialectRule<Json> = {
  name: 'number-for-string',
  description: 'A number where a text belongs reads as its digits, unless JSON has already rounded it.',
  seen: 'attribute mappings such as employeeNumber',
  read: (value) => {
    if (typeof value !== 'number') return undefined
    const exact = Number.isSafeInteger(value) || (!Number.isInteger(value) && Number.isFinite(value))
    return exact ? String(value) : undefined
  },
}
