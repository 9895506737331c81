import { ScimError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
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
export function discover({ route, id }: Match, baseUrl: string): Answer {
  const resource = resourceOf(route, id, baseUrl)
  if (!resource) throw new ScimError('not_found', { path: route.replace('{id}', id) })
  const location = baseUrl + route.replace('{id}', encodeURIComponent(id))
  return { status: 200, location, body: JSON.stringify(resource) }
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
