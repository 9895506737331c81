import type { JsonObject } from '../../base/json.ts'
import { type NameIndex, renameKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const attributeNameCase: DialectRule<JsonObject, NameIndex> = {
  name: 'attribute-name-case',
  description: 'Attribute names in any case, such as `UserName`, in bodies, values and paths.',
  seen: "Microsoft's Postman collection",
  read: (object, names) => renameKeys(object, (key) => names.get(key.toLowerCase()) ?? key),
}
