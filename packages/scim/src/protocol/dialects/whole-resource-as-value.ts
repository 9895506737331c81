import type { JsonObject } from '../../base/json.ts'
import { withoutKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

const READ_ONLY = ['id', 'schemas', 'meta']

export const wholeResourceAsValue: DialectRule<JsonObject> = {
  name: 'whole-resource-as-value',
  description: {
    en:
      'A value without path may be the whole resource: `schemas` and `meta` are passed over, and `id` if it is the ' +
      "target's own. What is not in it stays as it is.",
    de:
      'Ein Wert ohne Pfad darf die ganze Ressource sein: `schemas` und `meta` werden übergangen, und `id`, wenn ' +
      'es die des Ziels ist. Was nicht darin steht, bleibt, wie es ist.',
  },
  seen: 'Okta (id beside displayName), authentik (whole group)',
  read: (value) => (READ_ONLY.some((key) => Object.hasOwn(value, key)) ? withoutKeys(value, READ_ONLY) : undefined),
}
