import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const stringBooleans: DialectRule<Json> = {
  name: 'string-booleans',
  description: {
    en: '`"True"` and `"False"`, in any case, read as booleans where the attribute is one.',
    de: '`"True"` und `"False"`, in beliebiger Schreibung, gelten als Wahrheitswerte, wo das Attribut einer ist.',
  },
  seen: 'Entra without aadOptscim062020 (active), Microsoft SCIM Validator (roles[].primary)',
  read: (value) => {
    if (typeof value !== 'string') return undefined
    const text = value.trim().toLowerCase()
    return text === 'true' ? true : text === 'false' ? false : undefined
  },
}
