import { refuse, type ScimError } from '../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../base/json.ts'

/** The URNs of the messages (RFC 7644 §8.2). */
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

/** The most resources on one page, and how many there are where the client does not say. */
export const MAX_COUNT = 1000

export interface List {
  readonly totalResults: number
  /** Absent where the client pages with cursors (RFC 9865 §2). */
  readonly startIndex?: number
  readonly itemsPerPage: number
  readonly resources: readonly JsonObject[]
  readonly nextCursor?: string
}

/** The body of a list response (RFC 7644 §3.4.2, RFC 9865 §2). */
export function listResponse({ totalResults, startIndex, itemsPerPage, resources, nextCursor }: List): JsonObject {
  return {
    schemas: [LIST_RESPONSE],
    totalResults,
    ...(startIndex === undefined ? {} : { startIndex }),
    itemsPerPage,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    Resources: [...resources],
  }
}

/** What of a refusal its body says. */
export type Refused = Pick<ScimError, 'status' | 'scimType' | 'detail'>

/** The body of an error response (RFC 7644 §3.12). The reference finds the activity entry of the request. */
export function errorBody(error: Refused, reference: string): JsonObject {
  return {
    schemas: [ERROR],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: `${error.detail} (request ${reference})`,
  }
}

/** What a client asks of a list (RFC 7644 §3.4.2, RFC 9865 §2), in the URL or in the body of a search. */
export interface QueryParameters {
  readonly filter?: string
  readonly sortBy?: string
  readonly sortOrder?: 'ascending' | 'descending'
  /** At least 1. */
  readonly startIndex?: number
  /** From 0 to {@link MAX_COUNT}. */
  readonly count?: number
  /** The empty text asks for the first page of a list paged with cursors. */
  readonly cursor?: string
  readonly attributes?: string
  readonly excludedAttributes?: string
}

/** Reads the parameters of a list from a URL: names in any case, unknown ones passed over, blank ones as if not sent. */
export function readQuery(params: URLSearchParams): QueryParameters {
  const found: Found = new Map()
  for (const [name, value] of params) add(found, name, value)
  return normalise(found)
}

/** Which attributes an answer is to carry (RFC 7644 §3.9); what else a URL says means nothing to a single resource. */
export function readProjection(params: URLSearchParams): Pick<QueryParameters, 'attributes' | 'excludedAttributes'> {
  const wanted = [...params].filter(([name]) => PROJECTING.has(NAMES.get(name.toLowerCase()) ?? 'filter'))
  return readQuery(new URLSearchParams(wanted))
}

/** Whether a URL asks for a filter at all. */
export function hasFilter(params: URLSearchParams): boolean {
  return [...params].some(([name, value]) => NAMES.get(name.toLowerCase()) === 'filter' && value.trim() !== '')
}

/** Reads the body of a search (RFC 7644 §3.4.3); lists of names may be arrays or, as in a URL, texts. */
export function readSearchRequest(json: Json): QueryParameters {
  if (!isObject(json)) throw refuse('invalid_syntax', 'a search request is a JSON object.')
  const found: Found = new Map()
  for (const [name, value] of Object.entries(json)) if (value !== null) add(found, name, toText(name, value))
  return normalise(found)
}

type Name = keyof QueryParameters
type Found = Map<Name, string>

const NAMES: ReadonlyMap<string, Name> = new Map(
  (['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor', 'attributes', 'excludedAttributes'] as const).map(
    (name) => [name.toLowerCase(), name],
  ),
)

const PROJECTING: ReadonlySet<Name> = new Set(['attributes', 'excludedAttributes'] as const)

function add(found: Found, sent: string, value: string): void {
  const name = NAMES.get(sent.toLowerCase())
  if (name === undefined || (value.trim() === '' && name !== 'cursor')) return
  const before = found.get(name)
  if (before === undefined || before === value) found.set(name, value)
  else if (name === 'attributes' || name === 'excludedAttributes') found.set(name, `${before},${value}`)
  else throw refuse('invalid_value', `"${name}" was sent twice, with different values.`)
}

function toText(sent: string, value: Json): string {
  const name = NAMES.get(sent.toLowerCase())
  if (name === undefined) return ''
  const isList = name === 'attributes' || name === 'excludedAttributes'
  if (isList && Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',')
  const isNumber = name === 'startIndex' || name === 'count'
  if (isNumber && typeof value === 'number') return String(value)
  if (typeof value === 'string') return value
  throw refuse(
    'invalid_value',
    `"${name}" must be ${isList ? 'an array of texts' : isNumber ? 'a whole number' : 'a text'}.`,
  )
}

/** The longest list of names, in characters: every attribute of a user with its URN takes 4,000. */
const MAX_NAMES = 16_384

const TEXTS = ['filter', 'sortBy', 'cursor', 'attributes', 'excludedAttributes'] as const

function normalise(found: Found): QueryParameters {
  const result: { -readonly [K in keyof QueryParameters]: QueryParameters[K] } = {}
  for (const name of TEXTS) {
    const text = found.get(name)
    if (text === undefined) continue
    if (name !== 'filter' && name !== 'cursor' && text.length > MAX_NAMES)
      throw refuse('invalid_value', `"${name}" is longer than ${MAX_NAMES} characters.`)
    result[name] = text
  }
  const sortOrder = found.get('sortOrder')
  if (sortOrder !== undefined) result.sortOrder = readSortOrder(sortOrder)
  const startIndex = found.get('startIndex')
  if (startIndex !== undefined)
    result.startIndex = clamp(readInteger('startIndex', startIndex, 'invalid_value'), 1, Number.MAX_SAFE_INTEGER)
  const count = found.get('count')
  if (count !== undefined) result.count = clamp(readInteger('count', count, 'invalid_count'), 0, MAX_COUNT)
  return result
}

function readSortOrder(text: string): 'ascending' | 'descending' {
  const order = text.trim().toLowerCase()
  if (order === 'ascending' || order === 'descending') return order
  throw refuse('invalid_value', '"sortOrder" must be "ascending" or "descending".')
}

function readInteger(name: string, text: string, code: 'invalid_value' | 'invalid_count'): number {
  if (/^[+-]?\d+$/.test(text.trim())) return Number(text)
  throw refuse(code, `"${name}" must be a whole number.`)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
