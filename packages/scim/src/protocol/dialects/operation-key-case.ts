import type { JsonObject } from '../../base/json.ts'
import { indexNames, renameKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

const KEYS = indexNames(['op', 'path', 'value'])

export const operationKeyCase: DialectRule<JsonObject> = {
  name: 'operation-key-case',
  description: {
    en: '`Op`, `Path` and `Value`, in any case, read as `op`, `path` and `value`.',
    de: '`Op`, `Path` und `Value`, in beliebiger Schreibung, gelten als `op`, `path` und `value`.',
  },
  seen: 'clients that serialize .NET property names',
  read: (operation) => renameKeys(operation, (key) => KEYS.get(key.toLowerCase()) ?? key),
}
