import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { checkId, readId } from '../bodies/id.ts'
import { dropPasswords, readUserAttributes } from '../bodies/userAttributes.ts'
import { Notes } from '../dialects/notes.ts'
import { readResourceKeys } from '../dialects/resourceKeys.ts'
import { wholeResourceAsValue } from '../dialects/whole-resource-as-value.ts'
import { USER } from '../schemas/resourceTypes.ts'
import type { Reading, UserOperation } from './operation.ts'
import { checkCount, readSentPatch, type SentOperation } from './sentOperations.ts'
import { readUserOperation, toOperation } from './userOperation.ts'
import { withinOperation } from './within.ts'

/** What a PATCH of a user asks of the provider's record. */
export interface UserPatch {
  readonly operations: readonly UserOperation[]
  readonly reading: Reading
}

/**
 * Reads a PATCH body for a user (RFC 7644 §3.5.2) in any dialect. Operations on attributes that are not known here are
 * passed over and named: one mapping too many must not keep `active` from arriving.
 */
export function readUserPatch(body: Json, userId?: string): UserPatch {
  const notes = new Notes()
  const kept = isObject(body) ? dropPasswords(body, notes) : body
  const sent = readSentPatch(kept, USER, notes)
  checkId(sent.id, userId)
  const target = userId ?? sent.id
  const operations = sent.operations.flatMap((operation) =>
    withinOperation(operation.index, operation.path, () => readOperation(operation, target, notes)),
  )
  checkCount(operations.length)
  return { operations, reading: notes.reading() }
}

function readOperation(sent: SentOperation, userId: string | undefined, notes: Notes): UserOperation[] {
  if (sent.path !== undefined) return readUserOperation(sent, sent.path, userId, notes)
  if (sent.op === 'remove') throw refuse('no_target', 'remove needs a "path" that says what to remove.')
  if (!isObject(sent.value)) throw refuse('invalid_value', `${sent.op} without "path" needs an object as "value".`)
  return readWithoutPath(sent, sent.value, userId, notes)
}

/** The attributes in a value without path (RFC 7644 §3.5.2.1, §3.5.2.3); a key may itself be a path with a filter. */
function readWithoutPath(
  sent: SentOperation,
  value: JsonObject,
  userId: string | undefined,
  notes: Notes,
): UserOperation[] {
  const resource = readResourceKeys(value, USER, notes)
  checkId(readId(resource), userId)
  for (const name of ['meta', 'groups']) if (Object.hasOwn(resource, name)) notes.ignore(name)
  const attributes = notes.apply(wholeResourceAsValue, resource)
  const byPath: UserOperation[] = []
  const assignments = readUserAttributes(attributes, notes, (key, item) =>
    byPath.push(...readUserOperation({ ...sent, value: item }, key, userId, notes)),
  )
  return [...assignments.flatMap((assignment) => toOperation(sent, assignment)), ...byPath]
}
