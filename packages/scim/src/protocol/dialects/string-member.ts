import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const stringMember: DialectRule<Json> = {
  name: 'string-member',
  description: {
    en: 'A member sent as a bare id reads as `{"value": id}`.',
    de: 'Ein Mitglied, das als bloße Id gesendet wird, gilt als `{"value": id}`.',
  },
  seen: "Microsoft's SCIMReferenceCode sample client",
  read: (member) => (typeof member === 'string' ? { value: member } : undefined),
}
