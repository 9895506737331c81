import type { QueryParameters } from '../protocol/messages.ts'
import { type Projection, parseProjection, WHOLE } from '../protocol/projection.ts'
import type { ResourceType } from '../protocol/schemas/attribute.ts'

const REMEMBERED = 200
/** Longer ones are read anew, so that what clients send does not stay in memory. */
const REMEMBERED_LENGTH = 1_000
const remembered = new Map<string, Projection>()

/** The projection that a request asks for. A provider asks for the same one again and again, so it is read once. */
export function projectionOf({ attributes, excludedAttributes }: QueryParameters, type: ResourceType): Projection {
  if (attributes === undefined && excludedAttributes === undefined) return WHOLE
  const key = JSON.stringify([type.name, attributes, excludedAttributes])
  const known = remembered.get(key)
  if (known) return known
  const projection = parseProjection(attributes, excludedAttributes, type)
  if (key.length > REMEMBERED_LENGTH) return projection
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(key, projection)
  return projection
}
