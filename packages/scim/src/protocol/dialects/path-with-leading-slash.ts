import type { DialectRule } from './rule.ts'

export const pathWithLeadingSlash: DialectRule<string> = {
  name: 'path-with-leading-slash',
  description: 'A path such as `/members` reads as `members`.',
  seen: 'clients that send JSON Patch (RFC 6902) pointers',
  read: (path) => (path.startsWith('/') ? path.slice(1) : undefined),
}
