import { refuse } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'

/** The `id` of a body, in any case; null and empty are as good as absent (RFC 7643 §2.5). */
export function readId(body: JsonObject): string | undefined {
  const keys = Object.keys(body).filter((key) => key.toLowerCase() === 'id')
  if (keys.length > 1) throw refuse('invalid_syntax', '"id" is given twice, in two spellings.')
  const id = keys[0] === undefined ? null : body[keys[0]]
  if (id === null || id === '' || id === undefined) return undefined
  if (typeof id !== 'string') throw refuse('invalid_value', 'The "id" is not a text.')
  return id
}

/** Refuses an `id` that is not the target's (RFC 7643 §3.1: it is read-only). */
export function checkId(sent: string | undefined, target: string | undefined): void {
  if (sent === undefined || target === undefined || sent === target) return
  throw refuse('mutability', `The "id" in the request is not that of the resource, ${target}; ids never change.`)
}
