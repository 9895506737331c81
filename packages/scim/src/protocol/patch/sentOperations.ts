import { refuse, ScimError } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { readId } from '../bodies/id.ts'
import { emptyStringAsAbsent } from '../dialects/empty-string-as-absent.ts'
import { legacySchemaUrn } from '../dialects/legacy-schema-urn.ts'
import { missingOperationName } from '../dialects/missing-operation-name.ts'
import type { Notes } from '../dialects/notes.ts'
import { objectForArray } from '../dialects/object-for-array.ts'
import { operationKeyCase } from '../dialects/operation-key-case.ts'
import { operationNameCase } from '../dialects/operation-name-case.ts'
import { operationsKeyCase } from '../dialects/operations-key-case.ts'
import { pathWithLeadingSlash } from '../dialects/path-with-leading-slash.ts'
import { percentEncodedPath } from '../dialects/percent-encoded-path.ts'
import { readResourceKeys } from '../dialects/resourceKeys.ts'
import { scim11PatchBody } from '../dialects/scim-1.1-patch-body.ts'
import { topLevelId } from '../dialects/top-level-id.ts'
import type { ResourceType } from '../schemas/attribute.ts'
import { quote } from '../schemas/names.ts'
import { withinOperation } from './within.ts'

/** More operations than this in one request are refused. */
export const MAX_OPERATIONS = 10_000

/** An operation (RFC 7644 §3.5.2) with its name known, path and value still as sent. */
export interface SentOperation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly index: number
  readonly path?: string
  /** Undefined where no `value` was sent, which is not the same as null. */
  readonly value?: Json
}

/** A PATCH body (RFC 7644 §3.5.2), or one of SCIM 1.1, taken apart. */
export interface SentPatch {
  readonly id?: string
  readonly operations: readonly SentOperation[]
}

/** Takes a PATCH body apart; nothing of the operations but their names is judged yet. */
export function readSentPatch(sent: Json, type: ResourceType, notes: Notes): SentPatch {
  if (!isObject(sent)) throw refuse('invalid_syntax', 'it is not a JSON object.')
  const body = notes.apply(operationsKeyCase, sent)
  const id = readId(body)
  const { Operations, ...rest } = readForm(notes.apply(topLevelId, body), type, notes)
  const list = Operations === undefined ? undefined : notes.apply(objectForArray, Operations)
  if (!Array.isArray(list)) throw refuse('invalid_syntax', 'it has no list "Operations".')
  checkCount(list.length)
  checkBeside(rest, notes)
  const operations = list.map((operation, index) => readOperation(operation, index, type, notes))
  checkCount(operations.reduce((count, operation) => count + weightOf(operation), 0))
  return id === undefined ? { operations } : { id, operations }
}

/** How many operations one is read as: without path, one for each key of its value. */
function weightOf({ path, value }: SentOperation): number {
  return path === undefined && isObject(value) ? Math.max(1, Object.keys(value).length) : 1
}

/** Refuses too many operations; keys of values without path count as well, since each is an operation of its own. */
export function checkCount(count: number): void {
  if (count > MAX_OPERATIONS) throw new ScimError('too_many_operations', { count, limit: MAX_OPERATIONS })
}

function readForm(body: JsonObject, type: ResourceType, notes: Notes): JsonObject {
  if (Object.hasOwn(body, 'Operations')) return body
  return notes.apply(scim11PatchBody, readResourceKeys(body, type, notes))
}

/** Names what stands beside `Operations`; operations of SCIM 1.1 there would not be applied, so they are refused. */
function checkBeside(rest: JsonObject, notes: Notes): void {
  if (scim11PatchBody.read({ ...rest, schemas: [] }) !== undefined)
    throw refuse('invalid_syntax', 'it has both "Operations" and the operations of SCIM 1.1.')
  for (const key of Object.keys(rest)) if (key.toLowerCase() !== 'schemas') notes.ignore(key)
}

function readOperation(sent: Json, index: number, type: ResourceType, notes: Notes): SentOperation {
  return withinOperation(index, undefined, () => {
    if (!isObject(sent)) throw refuse('invalid_syntax', 'it is not a JSON object.')
    const keyed = notes.apply(operationKeyCase, sent)
    const named = notes.apply(operationNameCase, keyed)
    const operation = notes.apply(missingOperationName, named, type)
    for (const key of Object.keys(operation)) if (!KEYS.includes(key)) notes.ignore(`Operations.${key}`)
    return {
      op: readName(operation.op),
      index,
      ...readPath(operation.path, type, notes),
      ...(Object.hasOwn(operation, 'value') ? { value: operation.value as Json } : {}),
    }
  })
}

const KEYS = ['op', 'path', 'value']

function readName(op: Json | undefined): SentOperation['op'] {
  if (op === 'add' || op === 'replace' || op === 'remove') return op
  if (typeof op === 'string') throw refuse('invalid_syntax', `"op" is ${quote(op)}; it can be add, replace or remove.`)
  throw refuse('invalid_syntax', 'it has no "op"; it can be add, replace or remove.')
}

function readPath(sent: Json | undefined, type: ResourceType, notes: Notes): { readonly path?: string } {
  const path = sent === undefined ? null : notes.apply(emptyStringAsAbsent, sent)
  if (path === null) return {}
  if (typeof path !== 'string') throw refuse('invalid_path', '"path" is not a text.')
  const decoded = notes.apply(percentEncodedPath, path)
  const relative = notes.apply(pathWithLeadingSlash, decoded)
  return { path: notes.apply(legacySchemaUrn, relative, type) }
}
