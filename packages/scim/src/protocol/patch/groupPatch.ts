import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { readDisplayName, readExternalId } from '../bodies/groupAttributes.ts'
import { checkId, readId } from '../bodies/id.ts'
import { attributeNameCase } from '../dialects/attribute-name-case.ts'
import { Notes } from '../dialects/notes.ts'
import { readResourceKeys } from '../dialects/resourceKeys.ts'
import { wholeResourceAsValue } from '../dialects/whole-resource-as-value.ts'
import { type PatchPath, parsePath } from '../path.ts'
import { GROUP } from '../schemas/resourceTypes.ts'
import { readMemberOperation } from './memberOperation.ts'
import type { GroupOperation, Reading } from './operation.ts'
import { checkCount, readSentPatch, type SentOperation } from './sentOperations.ts'
import { withinOperation } from './within.ts'

/** What a PATCH of a group asks for; `id` is a top-level id of the body, which names the target on the collection. */
export interface GroupPatch {
  readonly operations: readonly GroupOperation[]
  readonly reading: Reading
  readonly id?: string
}

/**
 * Reads a PATCH body for a group (RFC 7644 §3.5.2) in any dialect. With `groupId`, an id in the body that is not the
 * target's is refused. Every operation is either in the result or refused, with its position and path.
 */
export function readGroupPatch(body: Json, groupId?: string): GroupPatch {
  const notes = new Notes()
  const sent = readSentPatch(body, GROUP, notes)
  checkId(sent.id, groupId)
  const target = groupId ?? sent.id
  const operations = sent.operations.flatMap((operation) => readOperation(operation, target, notes))
  checkCount(operations.length)
  return { operations, reading: notes.reading(), ...(sent.id === undefined ? {} : { id: sent.id }) }
}

function readOperation(sent: SentOperation, groupId: string | undefined, notes: Notes): GroupOperation[] {
  const { path, index } = sent
  if (path !== undefined) return withinOperation(index, path, () => readWithPath(sent, path, groupId, notes))
  const attributes = withinOperation(index, path, () => readAttributes(sent, groupId, notes))
  return Object.entries(attributes).flatMap(([key, value]) =>
    withinOperation(index, key, () => readKey({ ...sent, value }, key, groupId, notes)),
  )
}

/** The attributes in the value of an operation without path (RFC 7644 §3.5.2.1, §3.5.2.3). */
function readAttributes({ op, value }: SentOperation, groupId: string | undefined, notes: Notes): JsonObject {
  if (op === 'remove') throw refuse('no_target', 'remove needs a "path" that says what to remove.')
  if (!isObject(value)) throw refuse('invalid_value', `${op} without "path" needs an object as "value".`)
  const resource = readResourceKeys(value, GROUP, notes)
  checkId(readId(resource), groupId)
  noteReadOnly(resource, notes)
  return notes.apply(wholeResourceAsValue, resource)
}

function noteReadOnly(resource: JsonObject, notes: Notes): void {
  if (Object.hasOwn(resource, 'meta')) notes.ignore('meta')
}

/** A key of a value without path is read as a path is; one that is not known is passed over. */
function readKey(sent: SentOperation, key: string, groupId: string | undefined, notes: Notes): GroupOperation[] {
  if (isKnown(key)) return readWithPath(sent, key, groupId, notes)
  notes.ignore(key)
  return []
}

function isKnown(key: string): boolean {
  const attribute = key
    .trim()
    .split(/[.[\s]/)[0]
    ?.toLowerCase()
  return attribute === 'displayname' || attribute === 'externalid' || attribute === 'members'
}

function readWithPath(sent: SentOperation, path: string, groupId: string | undefined, notes: Notes): GroupOperation[] {
  const target = parsePath(path, GROUP)
  noteNameCase(path, target, notes)
  switch (target.path.attribute) {
    case 'displayName':
      return [readRename(sent, notes)]
    case 'externalId':
      return [readExternalIdOperation(sent, notes)]
    case 'members':
      return [readMemberOperation(sent, target, notes)]
    default:
      return passReadOnly(sent, target, groupId)
  }
}

function noteNameCase(path: string, { path: { attribute } }: PatchPath, notes: Notes): void {
  const name = path.trim().split(/[.[\s]/)[0] ?? ''
  if (name.toLowerCase() === attribute.toLowerCase())
    notes.apply(attributeNameCase, { [name]: null }, new Map([[attribute.toLowerCase(), attribute]]))
}

function readRename({ op, index, value }: SentOperation, notes: Notes): GroupOperation {
  // RFC 7644 §3.5.2.2: a required attribute cannot be removed.
  if (op === 'remove') throw refuse('mutability', '"displayName" is required and cannot be removed.')
  if (value === undefined) throw refuse('invalid_value', `${op} needs a "value".`)
  return { kind: 'setDisplayName', index, displayName: readDisplayName(value, notes) }
}

function readExternalIdOperation({ op, index, value }: SentOperation, notes: Notes): GroupOperation {
  if (op === 'remove') return { kind: 'setExternalId', index, externalId: null }
  if (value === undefined) throw refuse('invalid_value', `${op} needs a "value".`)
  return { kind: 'setExternalId', index, externalId: readExternalId(value, notes) }
}

/** The own id asks for nothing; anything else of what only the service sets is refused (RFC 7644 §3.5.2). */
function passReadOnly({ op, value }: SentOperation, { path }: PatchPath, groupId: string | undefined): [] {
  if (path.attribute === 'id' && op !== 'remove' && typeof value === 'string' && value === groupId) return []
  throw refuse('mutability', `"${path.attribute}" is set by the service and cannot be changed.`)
}
