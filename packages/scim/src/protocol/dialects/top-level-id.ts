import type { JsonObject } from '../../base/json.ts'
import { withoutKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const topLevelId: DialectRule<JsonObject> = {
  name: 'top-level-id',
  description: {
    en: 'An `id` beside `Operations` names the target; it has to agree with the id in the URL.',
    de: 'Eine `id` neben `Operations` nennt das Ziel; sie muss der Id in der URL gleichen.',
  },
  seen: "Microsoft's SCIMReferenceCode sample client; PATCH on the collection",
  read: (body) => {
    const ids = Object.keys(body).filter((key) => key.toLowerCase() === 'id')
    return ids.length === 0 ? undefined : withoutKeys(body, ids)
  },
}
