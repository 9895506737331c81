import {
  MAX_COMPARISONS,
  MAX_FILTER_BYTES,
  MAX_FILTER_DEPTH,
  parseFilter,
} from '../../packages/scim/src/protocol/filter/parser.ts'
import { printFilter } from '../../packages/scim/src/protocol/filter/print.ts'
import type { ResourceType } from '../../packages/scim/src/protocol/schemas/attribute.ts'
import { GROUP, USER } from '../../packages/scim/src/protocol/schemas/resourceTypes.ts'
import { bytes, code, type Page, page, table } from './markdown.ts'

const INTRO = `\`?filter=\` takes the whole grammar of RFC 7644 §3.4.2.2 on both Groups and Users, as \`filter\` in the body of \`.search\` does.
Names may be in any case and with their schema's URN. Text is compared ignoring case where the attribute is, in Unicode's composed form
(NFC). \`not\` binds closest, then \`and\`, then \`or\`; parentheses say otherwise. A value may stand in double quotes, in single ones or in none.`

const MEANINGS: readonly (readonly [string, string])[] = [
  ['eq', 'equal'],
  ['ne', 'not equal, or absent'],
  ['co', 'contains'],
  ['sw', 'starts with'],
  ['ew', 'ends with'],
  ['gt', 'greater than'],
  ['ge', 'greater than or equal'],
  ['lt', 'less than'],
  ['le', 'less than or equal'],
]

/** An attribute of each type with a value to compare it with. */
const PROBES: readonly (readonly [type: string, attribute: string, value: string])[] = [
  ['string', 'userName', '"a"'],
  ['reference', 'profileUrl', '"a"'],
  ['boolean', 'active', 'true'],
  ['dateTime', 'meta.lastModified', '"2026-01-31T12:00:00Z"'],
  ['binary', 'x509Certificates.value', '"a"'],
]

const EXAMPLES: readonly (readonly [ResourceType, string])[] = [
  [GROUP, 'displayName eq "Engineering"'],
  [GROUP, 'externalId eq "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"'],
  [GROUP, 'displayName sw "eng" and not (externalId pr)'],
  [GROUP, 'members[value eq "usr_01JZK4Q8V2M6T9W3X5Y7Z0ABCD"]'],
  [GROUP, 'members eq "usr_01JZK4Q8V2M6T9W3X5Y7Z0ABCD"'],
  [GROUP, 'meta.lastModified ge "2026-01-31T12:00:00Z"'],
  [USER, 'userName eq "jane.doe@acme.example"'],
  [USER, 'emails[type eq "work"].value eq "jane.doe@acme.example"'],
  [USER, 'active eq false or title co "intern"'],
  [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "Sales"'],
]

/** `reference/filters.md`: operators as the parser takes them, and examples that it has parsed. */
export function filtersPage(): Page {
  const rows = MEANINGS.map(([operator, meaning]) => [
    code(operator),
    meaning,
    ...PROBES.map(([, attribute, value]) => (isTaken(`${attribute} ${operator} ${value}`) ? 'yes' : '–')),
  ])
  const present = [
    code('pr'),
    'present: has a value',
    ...PROBES.map(([, attribute]) => (isTaken(`${attribute} pr`) ? 'yes' : '–')),
  ]
  const operators = table(['Operator', 'Meaning', ...PROBES.map(([type]) => type)], [...rows, present])
  const examples = EXAMPLES.map(([type, filter]) => {
    printFilter(parseFilter(filter, type))
    return [type.endpoint.slice(1), code(filter)]
  })
  const limits = `At most ${bytes(MAX_FILTER_BYTES)}, nested ${MAX_FILTER_DEPTH} deep, with ${MAX_COMPARISONS} comparisons. What is malformed, names an attribute that does not exist, or compares what cannot be compared is refused with 400 \`invalidFilter\` and the reason.`
  return page(
    'reference/filters.md',
    'Filters',
    INTRO,
    '## Operators',
    operators,
    '`null` can be compared with `eq` and `ne`: `externalId eq null` finds what has none. A multi-valued attribute compares by its `value`, and matches where one of its values does.',
    '## Examples',
    table(['Resources', 'Filter'], examples),
    '## Limits',
    limits,
  )
}

function isTaken(filter: string): boolean {
  try {
    parseFilter(filter, USER)
    return true
  } catch {
    return false
  }
}
