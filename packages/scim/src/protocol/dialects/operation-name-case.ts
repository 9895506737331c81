import type { JsonObject } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const operationNameCase: DialectRule<JsonObject> = {
  name: 'operation-name-case',
  description: {
    en: '`Add`, `Replace` and `Remove`, in any case, read as `add`, `replace` and `remove`.',
    de: '`Add`, `Replace` und `Remove`, in beliebiger Schreibung, gelten als `add`, `replace` und `remove`.',
  },
  seen: 'Entra without aadOptscim062020',
  read: (operation) => {
    const { op } = operation
    if (typeof op !== 'string' || op === op.toLowerCase()) return undefined
    return { ...operation, op: op.toLowerCase() }
  },
}
