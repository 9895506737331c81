import type { JsonObject } from '../../base/json.ts'
import { renameKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const operationsKeyCase: DialectRule<JsonObject> = {
  name: 'operations-key-case',
  description: {
    en: '`operations`, in any case, reads as `Operations`.',
    de: '`operations`, in beliebiger Schreibung, gilt als `Operations`.',
  },
  seen: 'several clients; better-auth',
  read: (body) => renameKeys(body, (key) => (key.toLowerCase() === 'operations' ? 'Operations' : key)),
}
