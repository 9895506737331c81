import type { Removal } from './remove-with-value-array.ts'
import type { DialectRule } from './rule.ts'

export const removeWithNullValue: DialectRule<Removal> = {
  name: 'remove-with-null-value',
  description: {
    en: 'A remove whose `value` is null is a remove without value: it removes all of the attribute.',
    de: 'Ein remove, dessen `value` null ist, ist ein remove ohne Wert: Es entfernt das ganze Attribut.',
  },
  seen: 'mitodl/keycloak-scim, when a group becomes empty',
  read: ({ value, ...removal }) => (value === null ? removal : undefined),
}
