import { isObject, type Json, type JsonObject } from '../base/json.ts'

const SHAPE_BYTES = 16 * 1024
const TEXT_LIMIT = 200
const LIST_LIMIT = 20
const SECRET = /password|secret|token/i
/** Texts that say what was asked for; of a person's attributes only the length is kept. */
const TELLING = new Set([
  'op',
  'operation',
  'path',
  'value',
  '$ref',
  'type',
  'schemas',
  'id',
  'displayname',
  'externalid',
])

/** The shape of a request's body for its activity entry: at most 16 KiB, without secrets and without personal data. */
export function shapeOf(body: Json, route: string): string | null {
  const aboutPeople = route.startsWith('/Users')
  const shape = JSON.stringify(redact(body, '', aboutPeople))
  if (Buffer.byteLength(shape) <= SHAPE_BYTES) return shape
  return JSON.stringify({ '…': `${shape.length} characters` })
}

function redact(value: Json, key: string, aboutPeople: boolean): Json {
  if (typeof value === 'string') return redactText(value, key, aboutPeople)
  if (Array.isArray(value)) return redactList(value, key, aboutPeople)
  if (!isObject(value)) return value
  const redacted: JsonObject = {}
  for (const name of Object.keys(value)) {
    redacted[name] = SECRET.test(name) ? '…' : redact(value[name] as Json, name, aboutPeople)
  }
  return redacted
}

function redactList(list: Json[], key: string, aboutPeople: boolean): Json[] {
  const kept = list.slice(0, LIST_LIMIT).map((item) => redact(item, key, aboutPeople))
  return list.length > LIST_LIMIT ? [...kept, `… and ${list.length - LIST_LIMIT} more`] : kept
}

function redactText(text: string, key: string, aboutPeople: boolean): string {
  const name = key.toLowerCase()
  const telling = aboutPeople ? ['op', 'path', 'schemas', 'id'].includes(name) : TELLING.has(name)
  if (!telling) return `… (${text.length} characters)`
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text
}
