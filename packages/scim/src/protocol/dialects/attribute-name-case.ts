import type { JsonObject } from '../../base/json.ts'
import { type NameIndex, renameKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const attributeNameCase: DialectRule<JsonObject, NameIndex> = {
  name: 'attribute-name-case',
  description: {
    en: 'Attribute names in any case, such as `UserName`, in bodies, values and paths.',
    de: 'Namen von Attributen in beliebiger Schreibung, etwa `UserName`, in Inhalten, Werten und Pfaden.',
  },
  seen: "Microsoft's Postman collection",
  read: (object, names) => renameKeys(object, (key) => names.get(key.toLowerCase()) ?? key),
}
