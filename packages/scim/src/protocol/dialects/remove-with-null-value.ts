import type { Removal } from './remove-with-value-array.ts'
import type { DialectRule } from './rule.ts'

export const removeWithNullValue: DialectRule<Removal> = {
  name: 'remove-with-null-value',
  description: 'A remove whose `value` is null is a remove without value: it removes all of the attribute.',
  seen: 'mitodl/keycloak-scim, when a group becomes empty',
  read: ({ value, ...removal }) => (value === null ? removal : undefined),
}
