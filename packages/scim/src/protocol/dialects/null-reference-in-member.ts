import type { JsonObject } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

const OPTIONAL = ['$ref', 'display', 'type']

export const nullReferenceInMember: DialectRule<JsonObject> = {
  name: 'null-reference-in-member',
  description: {
    en: '`$ref`, `display` and `type` of a member may be null.',
    de: '`$ref`, `display` und `type` eines Mitglieds dürfen null sein.',
  },
  seen: 'Entra',
  read: (member) => {
    if (!OPTIONAL.some((key) => Object.hasOwn(member, key) && member[key] === null)) return undefined
    return Object.fromEntries(Object.entries(member).filter(([key, item]) => item !== null || !OPTIONAL.includes(key)))
  },
}
