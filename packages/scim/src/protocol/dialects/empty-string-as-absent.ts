import type { Json } from '../../base/json.ts'
import type { DialectRule } from './rule.ts'

export const emptyStringAsAbsent: DialectRule<Json> = {
  name: 'empty-string-as-absent',
  description: {
    en: 'An empty string for an optional attribute is no value: a body does not assert it, an operation clears it.',
    de:
      'Ein leerer Text für ein optionales Attribut ist kein Wert: Ein Inhalt sagt damit nichts, eine Operation ' +
      'leert es.',
  },
  seen: 'Okta and OneLogin templates; Microsoft SCIM Validator (manager {"value": ""})',
  // RFC 7643 §2.5 has null for "no value".
  read: (value) => (value === '' ? null : undefined),
}
