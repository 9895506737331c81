import type { ResourceType } from '../schemas/attribute.ts'
import type { DialectRule } from './rule.ts'

const LEGACY = /^urn:scim:schemas:(core|extension:enterprise):[12]\.0(?::(?:User|Group))?(?=:|$)/i

export const legacySchemaUrn: DialectRule<string, ResourceType> = {
  name: 'legacy-schema-urn',
  description: {
    en:
      '`urn:scim:schemas:core:1.0` and `urn:scim:schemas:extension:enterprise:1.0` (also 2.0) in a key or path read as ' +
      'the URNs of RFC 7643.',
    de:
      '`urn:scim:schemas:core:1.0` und `urn:scim:schemas:extension:enterprise:1.0` (auch 2.0) in einem ' +
      'Schlüssel oder Pfad gelten als die URNs von RFC 7643.',
  },
  seen: 'OneLogin, Okta in SCIM 1.1 mode',
  read: (text, type) => {
    const [prefix, schema] = LEGACY.exec(text) ?? []
    if (prefix === undefined) return undefined
    const urn = schema?.toLowerCase() === 'core' ? type.schema.id : type.extensions.find(isEnterprise)?.id
    return urn === undefined ? undefined : urn + text.slice(prefix.length)
  },
}

function isEnterprise({ id }: { readonly id: string }): boolean {
  return id.includes(':extension:enterprise:')
}
