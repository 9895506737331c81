import { differences, isRecord, show } from './match.ts'
import type { Json } from './values.ts'
import type { WireAnswer } from './wire.ts'

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** Where an answer is not what every provider relies on in every answer, whatever the step expects besides. */
export function breaches(answer: WireAnswer, mediaType: string): string[] {
  if (answer.status === 204) return answer.text === '' ? [] : [`a 204 has no body, but got ${show(answer.text)}`]
  const problems = answer.headers['content-type'] === mediaType ? [] : [contentTypeProblem(answer, mediaType)]
  const { json } = answer
  if (!isRecord(json)) return [...problems, `the body is not a JSON object: ${show(answer.text)}`]
  if (answer.status >= 400) return [...problems, ...errorBreaches(json, answer.status)]
  return [...problems, ...(isList(json) ? listBreaches(json) : resourceBreaches(json, answer))]
}

function contentTypeProblem(answer: WireAnswer, mediaType: string): string {
  return `header content-type: expected ${show(mediaType)}, got ${show(answer.headers['content-type'])}`
}

function errorBreaches(json: { [key: string]: Json }, status: number): string[] {
  const problems = differences({ schemas: [ERROR], status: String(status) }, json)
  const hasDetail = typeof json.detail === 'string' && json.detail.trim() !== ''
  return hasDetail ? problems : [...problems, 'detail: expected words an admin can act on, but there are none']
}

function listBreaches(json: { [key: string]: Json }): string[] {
  const schemas = differences({ schemas: [LIST] }, json)
  const counters = ['totalResults', 'startIndex', 'itemsPerPage'].filter((name) => !Number.isInteger(json[name]))
  const problems = [...schemas, ...counters.map((name) => `${name}: expected an integer, got ${show(json[name])}`)]
  const resources = json.Resources ?? []
  if (!Array.isArray(resources)) return [...problems, `Resources: expected an array, got ${show(resources)}`]
  if (counters.length === 0 && json.itemsPerPage !== resources.length) {
    problems.push(`itemsPerPage: expected ${resources.length}, the number of Resources, got ${show(json.itemsPerPage)}`)
  }
  const nameless = resources.findIndex((resource) => isUserOrGroup(resource) && !hasId(resource))
  return nameless < 0 ? problems : [...problems, `Resources[${nameless}].id: expected a text, but there is none`]
}

function resourceBreaches(json: { [key: string]: Json }, answer: WireAnswer): string[] {
  if (!isUserOrGroup(json)) return []
  const problems = hasId(json) ? [] : ['id: expected a text, but there is none']
  const version = isRecord(json.meta) ? json.meta.version : undefined
  const { etag } = answer.headers
  if (version === undefined || etag === version) return problems
  return [...problems, `header etag: expected ${show(version)}, the resource's version, got ${show(etag)}`]
}

function isUserOrGroup(json: Json): boolean {
  const type = isRecord(json) && isRecord(json.meta) ? json.meta.resourceType : undefined
  return type === 'User' || type === 'Group'
}

function hasId(json: Json): boolean {
  return isRecord(json) && typeof json.id === 'string' && json.id !== ''
}

function isList(json: { [key: string]: Json }): boolean {
  return Object.hasOwn(json, 'totalResults') || Object.hasOwn(json, 'Resources')
}
