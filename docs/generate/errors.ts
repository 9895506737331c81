import { REFUSALS } from '../../packages/scim/src/admin-api/refusals.ts'
import { type Facts, PROBLEMS, type Problem } from '../../packages/scim/src/base/problems.ts'
import { code, type Page, page, plain, table } from './markdown.ts'

const INTRO = `Every request that is refused gets a SCIM error (RFC 7644 §3.12) with \`status\`, a \`detail\` for the admin and, where the RFC has one, a
\`scimType\`. The \`detail\` ends with a reference, such as \`act_01…\`, that names its entry in the activity of the workspace.
The names below are those of the \`problem\` in the activity and in the metrics. Calls of the library are refused from the same list, by a
\`ScimError\` whose \`code\` is the name.`

const INTRO_OF_ADMIN = `The [admin API](../admin-api) answers its errors as problem+json, whose \`code\` is a name from above or one of these.`

type Refused = Omit<Problem, 'scimType'> & Pick<Partial<Problem>, 'scimType'>

/** Stands where a fact of the case stands in a `detail`. */
const ANY: Facts = new Proxy({}, { get: () => '…' })

/** `reference/errors.md`: the list of problems, whole. */
export function errorsPage(): Page {
  const problems: readonly (readonly [string, Problem])[] = Object.entries(PROBLEMS)
  const overview = table(
    ['Status', 'scimType', 'Error'],
    [...problems]
      .sort(([, a], [, b]) => a.status - b.status)
      .map(([name, { status, scimType }]) => [String(status), scimType ? code(scimType) : '', `[${name}](#${name})`]),
  )
  const refusals: readonly (readonly [string, Refused])[] = Object.entries(REFUSALS)
  const others = `# Errors of the admin API\n\n${INTRO_OF_ADMIN}`
  return page(
    'reference/errors.md',
    'Errors',
    ...[INTRO, overview, ...problems.map(section)],
    ...[others, ...refusals.map(section)],
  )
}

function section([name, { status, scimType, detail, cause, fix }]: readonly [string, Refused]): string {
  const kind = scimType ? `**${status}**, ${code(scimType)}` : `**${status}**`
  const told = detail(ANY)
  const says = told === '…' ? 'The `detail` says what is wrong in this request.' : `> ${plain(told)}`
  return [`## ${name} {#${name}}`, kind, says, `**Cause.** ${plain(cause)}`, `**Fix.** ${plain(fix)}`].join('\n\n')
}
