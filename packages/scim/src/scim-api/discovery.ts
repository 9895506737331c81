import { ScimError } from '../base/errors.ts'
import { isObject, type JsonObject } from '../base/json.ts'
import { hasFilter } from '../protocol/messages.ts'
import {
  resourceTypeList,
  resourceTypeResource,
  schemaList,
  schemaResource,
  serviceProviderConfig,
} from '../protocol/schemas/discovery.ts'
import type { Answer } from './exchange.ts'
import type { Match } from './routes.ts'

/** The discovery endpoints (RFC 7644 §4); the same for every workspace. */
export function discover({ route, id }: Match, query: string, baseUrl: string): Answer {
  if (hasFilter(new URLSearchParams(query))) throw new ScimError('filter_not_offered')
  const resource = resourceOf(route, id, baseUrl)
  if (!resource) throw new ScimError('not_found', { path: route.replace('{id}', () => id) })
  return { status: 200, location: locationOf(resource) ?? baseUrl + route, body: JSON.stringify(resource) }
}

/** Lists have none of their own. */
function locationOf({ meta }: JsonObject): string | undefined {
  return isObject(meta) && typeof meta.location === 'string' ? meta.location : undefined
}

function resourceOf(route: Match['route'], id: string, baseUrl: string): JsonObject | undefined {
  switch (route) {
    case '/Schemas':
      return schemaList(baseUrl)
    case '/Schemas/{id}':
      return schemaResource(baseUrl, id)
    case '/ResourceTypes':
      return resourceTypeList(baseUrl)
    case '/ResourceTypes/{id}':
      return resourceTypeResource(baseUrl, id)
    default:
      return serviceProviderConfig(baseUrl)
  }
}
