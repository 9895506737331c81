import { ScimError } from '../base/errors.ts'
import type { WireRequest } from './wire.ts'

export const SCIM_JSON = 'application/scim+json'
const JSON_TYPE = 'application/json'
const ACCEPTED = new Set([SCIM_JSON, JSON_TYPE, 'text/json'])

/** Refuses, with 415, what is compressed or declared as something else than JSON; a missing type is JSON. */
export function checkContent(request: WireRequest): void {
  const encoding = request.header('content-encoding')
  if (encoding !== undefined && encoding.trim() !== '' && encoding.trim().toLowerCase() !== 'identity') {
    throw new ScimError('content_encoding', { encoding: printable(encoding) })
  }
  const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type && !ACCEPTED.has(type)) throw new ScimError('content_type', { type: printable(type) })
}

/** The type of the answer; never a 406, whatever the client says it accepts (RFC 7644 §3.1). */
export function responseType(accept: string | undefined): string {
  const types = (accept ?? '').split(',').map((range) => range.split(';')[0]?.trim().toLowerCase())
  return types.includes(JSON_TYPE) && !types.includes(SCIM_JSON) ? JSON_TYPE : SCIM_JSON
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100)
}
