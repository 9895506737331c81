import { DIALECT_RULES } from '../../packages/scim/src/protocol/dialects/index.ts'
import { code, type Page, page, plain, prose, table } from './markdown.ts'

const INTRO = `Providers write some things in forms that RFC 7644 does not have. Each form is one rule, applied where the body is read;
everything behind it sees the RFC's form. The activity entry of a request names the rules that reading it needed. The rules look at the
form, never at who sent it, so they hold for every provider. They are listed in the order in which a body meets them.`

/** `reference/dialects.md`: every dialect rule. */
export function dialectsPage(): Page {
  const rows = DIALECT_RULES.map(({ name, description, seen }) => [code(name), prose(description.en), plain(seen)])
  return page('reference/dialects.md', 'Dialect rules', INTRO, table(['Rule', 'What is read', 'Seen from'], rows))
}
