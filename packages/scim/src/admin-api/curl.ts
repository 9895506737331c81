import type { ActivityEntry } from '../library/activity.ts'

type Told = Pick<ActivityEntry, 'method' | 'route' | 'groupId' | 'personId' | 'lookup' | 'body'>

/** Where the shell has the token: no command line and no history of one ever holds it. */
const TOKEN = '"Authorization: Bearer $SCIM_TOKEN"'

const METHOD = /^[A-Z]{3,10}$/

/**
 * The request of an entry as a command for a POSIX shell. Whatever a group or a person is called stands between single
 * quotes, within which nothing has a meaning. The body is as redacted as the entry is.
 */
export function curlOf(entry: Told, baseUrl: string): string {
  const { method, body } = entry
  const words = ['curl', '--globoff', '--request', METHOD.test(method) ? method : 'GET', '--header', TOKEN]
  // `--data` would read a file where the text begins with "@".
  if (body !== null && body !== undefined)
    words.push('--header', quoted('Content-Type: application/scim+json'), '--data-raw', quoted(JSON.stringify(body)))
  words.push('--url', quoted(urlOf(entry, baseUrl)))
  return words.join(' ')
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
