import { type Declaration, declarationsOf } from './declarations.ts'
import { type Page, page, prose } from './markdown.ts'

const INDEX = new URL('../../packages/scim/src/index.ts', import.meta.url)

const INTRO = `\`import { … } from '@optimaite/scim'\`; the listener for \`node:http\` and Express comes from \`@optimaite/scim/node\`. Times are
milliseconds since the epoch. [Usage](../usage) shows the calls in their order.`

/** Read first, whatever the order in which the library exports them. */
const FIRST = [
  'createScim',
  'ScimOptions',
  'Scim',
  'Workspaces',
  'People',
  'Groups',
  'Changes',
  'History',
  'Problems',
  'Holds',
  'Tokens',
  'Activity',
  'Integrations',
]

/** `reference/library.md`: everything that the library exports, with its docstrings. */
export function libraryPage(): Page {
  const declarations = declarationsOf(INDEX)
  const first = FIRST.flatMap((name) => declarations.filter((declaration) => declaration.name === name))
  const rest = declarations.filter(({ name }) => !FIRST.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return page('reference/library.md', 'Library', INTRO, ...[...first, ...rest].map(section))
}

function section({ name, doc, text }: Declaration): string {
  return [`## ${name} {#${name}}`, ...(doc === '' ? [] : [prose(doc)]), `\`\`\`typescript\n${text}\n\`\`\``].join(
    '\n\n',
  )
}
