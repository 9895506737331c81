/** Where a request goes: the pattern of its path, as logs and activity name it. */
export type Route =
  | '/Users'
  | '/Users/{id}'
  | '/Users/.search'
  | '/Groups'
  | '/Groups/{id}'
  | '/Groups/.search'
  | '/ServiceProviderConfig'
  | '/Schemas'
  | '/Schemas/{id}'
  | '/ResourceTypes'
  | '/ResourceTypes/{id}'
  | '/Bulk'
  | '/Me'
  | '/.search'

export interface Match {
  readonly route: Route
  readonly id: string
}

const WORDS = new Map(
  (['Groups', 'Users', 'ServiceProviderConfig', 'Schemas', 'ResourceTypes', 'Bulk', 'Me'] as const).map((word) => [
    word.toLowerCase(),
    word,
  ]),
)

/** Methods of each route; HEAD goes where GET goes. */
export const METHODS: Readonly<Record<Route, readonly string[]>> = {
  '/Users': ['GET', 'POST'],
  '/Users/{id}': ['GET', 'PUT', 'PATCH', 'DELETE'],
  '/Users/.search': ['POST'],
  '/Groups': ['GET', 'POST', 'PUT', 'PATCH'],
  '/Groups/{id}': ['GET', 'PUT', 'PATCH', 'DELETE'],
  '/Groups/.search': ['POST'],
  '/ServiceProviderConfig': ['GET'],
  '/Schemas': ['GET'],
  '/Schemas/{id}': ['GET'],
  '/ResourceTypes': ['GET'],
  '/ResourceTypes/{id}': ['GET'],
  '/Bulk': [],
  '/Me': [],
  '/.search': [],
}

/** Readable without a token: what a provider asks before it has one. */
export const DISCOVERY: ReadonlySet<Route> = new Set([
  '/ServiceProviderConfig',
  '/Schemas',
  '/Schemas/{id}',
  '/ResourceTypes',
  '/ResourceTypes/{id}',
] as const)

/** Part of the protocol, and not offered. */
export const NOT_OFFERED: ReadonlyMap<Route, string> = new Map([
  ['/Bulk', 'Bulk'],
  ['/Me', 'The /Me alias'],
  ['/.search', 'Search across resource types'],
] as const)

/**
 * Finds the route of a path below the base. Clients append to whatever base they were given, so one surplus `/Groups` or
 * `/Users` before a resource word is dropped: `/Groups/Users` is `/Users`.
 */
export function matchRoute(path: string): Match | undefined {
  const segments = splitPath(path)
  if (!segments) return undefined
  if (segments.length > 1 && isCollection(segments[0]) && WORDS.has(segments[1]?.toLowerCase() ?? '')) segments.shift()
  const [first = '', second, ...rest] = segments
  if (rest.length > 0) return undefined
  if (first === '.search' && second === undefined) return { route: '/.search', id: '' }
  const word = WORDS.get(first.toLowerCase())
  if (word === undefined) return undefined
  return second === undefined ? { route: `/${word}`, id: '' } : matchSecond(word, second)
}

/** What an id in a path can be made of: those of resources, and the URNs of schemas. All else is on no route. */
const ID = /^[\w.~:@-]{1,128}$/

function matchSecond(word: string, second: string): Match | undefined {
  if (!ID.test(second)) return undefined
  switch (word) {
    case 'Users':
    case 'Groups':
      return second === '.search' ? { route: `/${word}/.search`, id: '' } : { route: `/${word}/{id}`, id: second }
    case 'Schemas':
    case 'ResourceTypes':
      return { route: `/${word}/{id}`, id: second }
    default:
      return undefined
  }
}

function isCollection(segment: string | undefined): boolean {
  const word = segment?.toLowerCase()
  return word === 'groups' || word === 'users'
}

function splitPath(path: string): string[] | undefined {
  const segments = path.split('/').filter((segment) => segment !== '')
  if (!path.includes('%')) return segments
  try {
    return segments.map(decodeURIComponent)
  } catch {
    return undefined
  }
}
