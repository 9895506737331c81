import type { QueryParameters } from '../protocol/messages.ts'
import { type Projection, parseProjection, WHOLE } from '../protocol/projection.ts'
import type { ResourceType } from '../protocol/schemas/attribute.ts'

const REMEMBERED = 200
const remembered = new Map<string, Projection>()

/** The projection that a request asks for. A provider asks for the same one again and again, so it is read once. */
export function projectionOf({ attributes, excludedAttributes }: QueryParameters, type: ResourceType): Projection {
  if (attributes === undefined && excludedAttributes === undefined) return WHOLE
  const key = JSON.stringify([type.name, attributes, excludedAttributes])
  const known = remembered.get(key)
  if (known) return known
  if (remembered.size >= REMEMBERED) remembered.clear()
  const projection = parseProjection(attributes, excludedAttributes, type)
  remembered.set(key, projection)
  return projection
}
