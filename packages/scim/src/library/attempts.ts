import type { ActivityEntry } from './activity.ts'
import type { ActivityWords, Attempt, Kind } from './activityWords.en.ts'

type Told = Pick<ActivityEntry, 'method' | 'route'>

/** What was refused: `could not create the user`. */
export function attemptText({ method, route }: Told, target: string | undefined, words: ActivityWords): string {
  const kind = kindOf(route)
  const attempt = kind ? attemptOf(method, route) : 'other'
  if (kind === undefined || attempt === 'other')
    return words.couldNot.other(route === 'unknown' ? method : `${method} ${route}`)
  return words.couldNot[attempt](attempt === 'search' ? words.several[kind] : (target ?? words.one[kind]))
}

function kindOf(route: string): Kind | undefined {
  if (route.startsWith('/Users')) return 'user'
  return route.startsWith('/Groups') ? 'group' : undefined
}

function attemptOf(method: string, route: string): Attempt {
  if (route.endsWith('.search')) return 'search'
  switch (method) {
    case 'GET':
    case 'HEAD':
      return route.endsWith('{id}') ? 'read' : 'search'
    case 'POST':
      return route.endsWith('{id}') ? 'other' : 'create'
    case 'PUT':
    case 'PATCH':
      return 'change'
    default:
      return method === 'DELETE' ? 'delete' : 'other'
  }
}
