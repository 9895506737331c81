import type { DialectRule } from './rule.ts'

export const pathWithLeadingSlash: DialectRule<string> = {
  name: 'path-with-leading-slash',
  description: {
    en: 'A path such as `/members` reads as `members`.',
    de: 'Ein Pfad wie `/members` gilt als `members`.',
  },
  seen: 'clients that send JSON Patch (RFC 6902) pointers',
  read: (path) => (path.startsWith('/') ? path.slice(1) : undefined),
}
