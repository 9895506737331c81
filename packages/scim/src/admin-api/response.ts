import { PROBLEMS, type ScimType } from '../base/problems.ts'
import type { ActivityEntry } from '../library/activity.ts'
import { errorBody } from '../protocol/messages.ts'
import { groupLocation } from '../scim-api/render/groups.ts'
import { userLocation } from '../scim-api/render/users.ts'
import { resourceHeaders } from '../scim-api/respond.ts'
import { etag } from '../scim-api/versions.ts'
import type { ActivityResponse } from './schemas/activity.ts'

/** What is known of an entry's answer; whatever was not kept is null. */
export function responseOf(entry: ActivityEntry, baseUrl: string): ActivityResponse {
  const carries = carriedBy(entry)
  return {
    status: entry.status,
    headers: entry.status >= 400 ? { ...entry.headers } : headersOf(entry, baseUrl),
    carries,
    body: carries === 'error' ? bodyOf(entry) : null,
    totalResults: carries === 'list' ? (entry.lookup?.found ?? null) : null,
    resource: carries === 'resource' ? resourceOf(entry) : null,
  }
}

function carriedBy({ method, route, status, lookup }: ActivityEntry): ActivityResponse['carries'] {
  if (method === 'HEAD' || status === 204 || status === 304) return 'nothing'
  if (status >= 400) return 'error'
  if (lookup) return 'list'
  return isOfPeople(route) || route.startsWith('/Groups') ? 'resource' : 'discovery'
}

/** With the very function that makes it on the wire. */
function bodyOf({ id, status, problem, detail }: ActivityEntry) {
  const scimType = problem === null ? undefined : scimTypeOf(problem)
  return errorBody({ status, scimType, detail: detail ?? '' }, id)
}

function scimTypeOf(problem: NonNullable<ActivityEntry['problem']>): ScimType | undefined {
  const known: { readonly scimType?: ScimType } = PROBLEMS[problem]
  return known.scimType
}

function headersOf(entry: ActivityEntry, baseUrl: string) {
  const { route, status, effect } = entry
  const id = idOf(entry)
  if (!effect || id === null) return {}
  const location = isOfPeople(route) ? userLocation(baseUrl, id) : groupLocation(baseUrl, id)
  const { version } = effect
  return resourceHeaders({ location, created: status === 201, ...(version !== undefined && { version }) })
}

function resourceOf(entry: ActivityEntry): ActivityResponse['resource'] {
  const id = idOf(entry)
  const version = entry.effect?.version
  return id === null ? null : { id, version: version === undefined ? null : etag(version) }
}

/** A request may name a person by a former id; what was written has the present one. */
function idOf({ route, effect, groupId, personId }: ActivityEntry): string | null {
  return isOfPeople(route) ? (effect?.personId ?? personId) : (effect?.groupId ?? groupId)
}

function isOfPeople(route: string): boolean {
  return route.startsWith('/Users')
}
