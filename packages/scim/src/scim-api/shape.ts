import { isGroupId, isPersonId } from '../base/ids.ts'
import { isObject, type Json, type JsonObject } from '../base/json.ts'

const SHAPE_BYTES = 16 * 1024
const TEXT_LIMIT = 200
const LIST_LIMIT = 20
const SECRET = /password|secret|token/i
/** What a group's texts ask for; of a person's attributes nothing but the length is kept. */
const TELLING = new Set(['value', '$ref', 'type', 'displayname', 'externalid'])

/** The shape of a request's body for its activity entry: at most 16 KiB, without secrets and without personal data. */
export function shapeOf(body: Json, route: string): string | null {
  const shape = JSON.stringify(redact(body, '', route.startsWith('/Users')))
  if (Buffer.byteLength(shape) <= SHAPE_BYTES) return shape
  return JSON.stringify({ '…': `${shape.length} characters` })
}

/** Whether a body's shape is all of it: nothing was withheld or shortened. Told by comparing, as a name may look like a shape. */
export function isWhole(body: Json, shape: string | null): boolean {
  return shape !== null && isSame(JSON.parse(shape) as Json, body)
}

/** The shape comes first: it is small, so that whatever it is compared with is not read to its end. */
function isSame(shape: Json, body: Json | undefined): boolean {
  if (Array.isArray(shape))
    return (
      Array.isArray(body) && shape.length === body.length && shape.every((item, index) => isSame(item, body[index]))
    )
  if (!isObject(shape)) return shape === body
  if (!isObject(body)) return false
  const names = Object.keys(shape)
  return names.length === Object.keys(body).length && names.every((name) => isSame(shape[name] as Json, body[name]))
}

function redact(value: Json, key: string, aboutPeople: boolean): Json {
  if (typeof value === 'string') return redactText(value, key.toLowerCase(), aboutPeople)
  if (typeof value === 'number') return aboutPeople ? '… (a number)' : value
  if (Array.isArray(value)) return redactList(value, key, aboutPeople)
  if (!isObject(value)) return value
  const addressesSecret = Object.keys(value).some((name) => isPath(name) && SECRET.test(JSON.stringify(value[name])))
  const redacted: JsonObject = {}
  for (const name of Object.keys(value)) {
    const isSecret = SECRET.test(name) || (addressesSecret && name.toLowerCase() === 'value')
    redacted[redactPath(name)] = isSecret ? '…' : redact(value[name] as Json, name, aboutPeople)
  }
  return redacted
}

function redactList(list: Json[], key: string, aboutPeople: boolean): Json[] {
  const kept = list.slice(0, LIST_LIMIT).map((item) => redact(item, key, aboutPeople))
  return list.length > LIST_LIMIT ? [...kept, `… and ${list.length - LIST_LIMIT} more`] : kept
}

function redactText(text: string, name: string, aboutPeople: boolean): string {
  if (isPath(name)) return redactPath(text)
  const telling = aboutPeople ? FORMS[name]?.(text) : TELLING.has(name) || FORMS[name]?.(text)
  return telling ? cut(text) : withheld(text)
}

/** What stands beside the attributes, where it has the form that it should have. */
const FORMS: Readonly<Record<string, ((text: string) => boolean) | undefined>> = {
  op: isOperation,
  operation: isOperation,
  schemas: (text) => /^urn:[\w:.-]+$/.test(text),
  id: (text) => isPersonId(text) || isGroupId(text),
}

function isOperation(text: string): boolean {
  return /^(?:add|remove|replace|delete)$/i.test(text)
}

function isPath(name: string): boolean {
  return name.toLowerCase() === 'path'
}

const LITERAL = /(\w+\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+)("(?:[^"\\]|\\.)*"|[^\s\])]+)/gi

/** Nobody reads a longer path; looking for what it compares would take time that grows with its square. */
const PATH_LIMIT = 1_000

/** A path, or a key, without the values that its filter compares with, unless they are ids or types such as "work". */
export function redactPath(path: string): string {
  if (path.length > PATH_LIMIT) return withheld(path)
  const bare = path.replaceAll(LITERAL, (_, comparison: string, literal: string) => {
    const text = literal.replaceAll('"', '')
    const kept = isPersonId(text) || (/^(?:type|primary)\b/i.test(comparison) && /^\w{1,20}$/.test(text))
    return comparison + (kept ? literal : '…')
  })
  return /^[\w\s$.:/[\]()"…-]*$/.test(bare) ? cut(bare) : withheld(path)
}

function cut(text: string): string {
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text
}

function withheld(text: string): string {
  return `… (${text.length} characters)`
}
