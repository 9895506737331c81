import type { ActivityEntry } from '../library/activity.ts'

type Told = Pick<ActivityEntry, 'method' | 'route' | 'groupId' | 'personId' | 'lookup' | 'body' | 'whole'>

/** Where the shell has the token: no command line and no history of one ever holds it. */
const TOKEN = '"Authorization: Bearer $SCIM_TOKEN"'

const METHOD = /^[A-Z]{3,10}$/

/**
 * The request of an entry as a command for a POSIX shell. Whatever a group or a person is called stands between single
 * quotes, within which nothing has a meaning. A body that is not kept as it was sent is read from a file: what stands in the
 * place of its values would be written.
 */
export function curlOf(entry: Told, baseUrl: string): string {
  const { method } = entry
  const words = ['curl', '--globoff', '--request', METHOD.test(method) ? method : 'GET', '--header', TOKEN]
  if (hasBody(entry)) words.push('--header', quoted('Content-Type: application/scim+json'), ...dataOf(entry))
  words.push('--url', quoted(urlOf(entry, baseUrl)))
  return words.join(' ')
}

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE'])

function hasBody({ method, body }: Told): boolean {
  return METHOD.test(method) && (!WITHOUT_BODY.has(method) || (body !== null && body !== undefined))
}

/** Whether the command needs a file that nobody but the reader has the content of. */
export function needsBody(entry: Told): boolean {
  return hasBody(entry) && !entry.whole
}

/** `--data` reads a file where the text begins with "@"; `--data-raw` does not. */
function dataOf(entry: Told): string[] {
  return needsBody(entry) ? ['--data', '@body.json'] : ['--data-raw', quoted(JSON.stringify(entry.body))]
}

function urlOf({ route, groupId, personId, lookup }: Told, baseUrl: string): string {
  const id = route.startsWith('/Users') ? personId : groupId
  const path = route === 'unknown' ? '' : route.replace('{id}', encodeURIComponent(id ?? '…'))
  const filter = lookup?.filter
  return filter === undefined ? baseUrl + path : `${baseUrl}${path}?filter=${encodeURIComponent(filter)}`
}

/** For a POSIX shell: a single quote ends the text, stands for itself, and begins it again. NUL no shell can take. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}
