import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { Notes } from '../dialects/notes.ts'
import { readResourceKeys } from '../dialects/resourceKeys.ts'
import type { AttributePath } from '../filter/ast.ts'
import { printPath } from '../filter/print.ts'
import type { Reading, UserOperation } from '../patch/operation.ts'
import { parsePath } from '../path.ts'
import { findExtension } from '../schemas/names.ts'
import { USER } from '../schemas/resourceTypes.ts'
import { readId } from './id.ts'
import { type Assignment, dropPasswords, readUserAttributes } from './userAttributes.ts'

/** What a POST or PUT asserts about a person: the provider's record, as far as the body speaks of it. */
export interface UserBody {
  readonly id?: string
  /** Canonical names and typed values; attributes of an extension stand below its URN (RFC 7643 §3.3). */
  readonly record: JsonObject
  /** Paths, such as `nickName` or `name.familyName`, that were sent as null or as an empty list. */
  readonly cleared: readonly string[]
  readonly reading: Reading
}

/** Reads the body of a POST or PUT of a user (RFC 7644 §3.3, §3.5.1). */
export function readUserBody(sent: Json): UserBody {
  if (!isObject(sent)) throw refuse('invalid_syntax', 'it is not a JSON object.')
  const notes = new Notes()
  const body = readResourceKeys(dropPasswords(sent, notes), USER, notes)
  const id = readId(body)
  const assignments = readUserAttributes(body, notes)
  const cleared = assignments.filter(({ kind }) => kind === 'clear').map(({ path }) => printPath(path))
  return { ...(id === undefined ? {} : { id }), record: toRecord(assignments), cleared, reading: notes.reading() }
}

function toRecord(assignments: readonly Assignment[]): JsonObject {
  const core = new Map<string, Json>()
  const extensions = new Map<string, Map<string, Json>>()
  for (const assignment of assignments) {
    if (assignment.kind !== 'set') continue
    const { schema, attribute } = assignment.path
    const target = schema === undefined ? core : (extensions.get(schema) ?? new Map<string, Json>())
    if (schema !== undefined) extensions.set(schema, target)
    target.set(attribute, assignment.value)
  }
  for (const [schema, attributes] of extensions) core.set(schema, Object.fromEntries(attributes))
  return Object.fromEntries(core)
}

/**
 * A body as operations, so that PUT and PATCH change a record by the same rules: what is absent stays, lists are
 * replaced, complex values are merged, what was cleared is removed.
 */
export function toUserOperations({ record, cleared }: Pick<UserBody, 'record' | 'cleared'>): UserOperation[] {
  return [
    ...cleared.map((text): UserOperation => ({ op: 'remove', index: 0, path: parsePath(text, USER).path })),
    ...attributesOf(record).map(([path, value]): UserOperation => ({ op: 'replace', index: 0, path, value })),
  ]
}

function attributesOf(record: JsonObject): [AttributePath, Json][] {
  return Object.entries(record).flatMap(([key, value]): [AttributePath, Json][] => {
    if (findExtension(USER, key) === undefined || !isObject(value)) return [[{ attribute: key }, value]]
    return Object.entries(value).map(([attribute, item]) => [{ schema: key, attribute }, item])
  })
}
