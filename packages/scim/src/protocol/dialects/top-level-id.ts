import type { JsonObject } from '../../base/json.ts'
import { withoutKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const topLevelId: DialectRule<JsonObject> = {
  name: 'top-level-id',
  description: 'An `id` beside `Operations` names the target; it has to agree with the id in the URL.',
  seen: "Microsoft's SCIMReferenceCode sample client; PATCH on the collection",
  read: (body) => {
    const ids = Object.keys(body).filter((key) => key.toLowerCase() === 'id')
    return ids.length === 0 ? undefined : withoutKeys(body, ids)
  },
}
