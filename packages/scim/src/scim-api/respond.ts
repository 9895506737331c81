import { ScimError } from '../base/errors.ts'
import { errorBody } from '../protocol/messages.ts'
import type { Answer } from './exchange.ts'
import { responseType } from './media.ts'
import { etag } from './versions.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** The one way out: headers and body of an answer. */
export function respond(request: WireRequest, answer: Answer): WireResponse {
  const headers: Record<string, string> = {}
  if (answer.body !== undefined) headers['Content-Type'] = responseType(request.header('accept'))
  if (answer.location !== undefined) {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    headers['Content-Location'] = isRead ? withQuery(answer.location, request.query) : answer.location
  }
  Object.assign(headers, resourceHeaders(answer))
  return { status: answer.status, headers, ...(answer.body !== undefined && { body: answer.body }) }
}

/** Where a resource that was created is, and which version it has. */
export function resourceHeaders({
  location,
  created,
  version,
}: Pick<Answer, 'location' | 'created' | 'version'>): Record<string, string> {
  return {
    ...(created && location !== undefined && { Location: location }),
    ...(version !== undefined && { ETag: etag(version) }),
  }
}

export function respondError(request: WireRequest, error: ScimError, reference: string): WireResponse {
  const headers = { 'Content-Type': responseType(request.header('accept')), ...error.headers }
  return { status: error.status, headers, body: JSON.stringify(errorBody(error, reference)) }
}

/** Whatever is no refusal of ours is a fault; its own text stays in the log. */
export function toScimError(error: unknown): ScimError {
  return error instanceof ScimError ? error : new ScimError('internal', {}, {}, error)
}

function withQuery(location: string, query: string): string {
  return query === '' ? location : `${location}?${query}`
}
