import { refuse, ScimError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { checkId } from '../bodies/id.ts'
import { type Assignment, assign, isReadOnly, readAttribute, readExtension } from '../bodies/userAttributes.ts'
import { readElement, readList, readSimple } from '../bodies/userValue.ts'
import type { Notes } from '../dialects/notes.ts'
import { removeWithNullValue } from '../dialects/remove-with-null-value.ts'
import { removeWithValueArray } from '../dialects/remove-with-value-array.ts'
import type { AttributePath, Filter } from '../filter/ast.ts'
import { printPath } from '../filter/print.ts'
import { type PatchPath, parsePath } from '../path.ts'
import type { Attribute, Schema } from '../schemas/attribute.ts'
import { findAttribute, findExtension } from '../schemas/names.ts'
import { USER } from '../schemas/resourceTypes.ts'
import type { UserOperation } from './operation.ts'
import type { SentOperation } from './sentOperations.ts'

/** Reads an operation with a path on a user; a path to what is not known here is named and passed over. */
export function readUserOperation(
  sent: SentOperation,
  path: string,
  userId: string | undefined,
  notes: Notes,
): UserOperation[] {
  const target = readTarget(path)
  if (target === undefined || isReadOnly(target.path)) return passOver(sent, path, target, userId, notes)
  const extension = wholeExtension(target)
  if (extension !== undefined) return readExtensionOperation(sent, extension, notes)
  const attribute = wholeAttribute(target)
  return sent.op === 'remove' ? readRemoval(sent, target, attribute, notes) : readWrite(sent, target, attribute, notes)
}

function readTarget(path: string): PatchPath | undefined {
  try {
    return parsePath(path, USER)
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

function passOver(
  { value }: SentOperation,
  path: string,
  target: PatchPath | undefined,
  userId: string | undefined,
  notes: Notes,
): [] {
  const isId = target?.path.attribute === 'id'
  if (isId && typeof value === 'string') checkId(value, userId)
  if (!isId || value !== userId) notes.ignore(path)
  return []
}

function wholeExtension({ path }: PatchPath): Schema | undefined {
  return path.attribute === '' ? findExtension(USER, path.schema ?? '') : undefined
}

function wholeAttribute({ path: { sub: _, ...whole } }: PatchPath): Attribute {
  // A path that has been read names an attribute.
  return findAttribute(USER, whole) as Attribute
}

function readExtensionOperation(sent: SentOperation, extension: Schema, notes: Notes): UserOperation[] {
  const value = sent.op === 'remove' ? null : sent.value
  if (value !== undefined) return readExtension(extension, value, notes).flatMap((read) => toOperation(sent, read))
  notes.ignore(extension.id)
  return []
}

function readWrite(sent: SentOperation, target: PatchPath, attribute: Attribute, notes: Notes): UserOperation[] {
  const { path, filter } = target
  if (sent.value === undefined) return passOverMissingValue(sent, path, notes)
  const assignments = readValue(sent.value, target, attribute, notes)
  return assignments.flatMap((assignment) => toOperation(sent, assignment, filter))
}

function passOverMissingValue({ op }: SentOperation, path: AttributePath, notes: Notes): [] {
  if (isDecisive(path)) throw refuse('invalid_value', `${op} needs a "value".`)
  notes.ignore(printPath(path))
  return []
}

function readValue(value: Json, { path, filter }: PatchPath, attribute: Attribute, notes: Notes): Assignment[] {
  const sub = path.sub === undefined ? undefined : findAttribute(USER, path)
  if (sub !== undefined) return assign(path, readSimple(sub, value, notes), value, notes)
  if (filter === undefined) return readAttribute(attribute, path, value, notes)
  return assign(path, readElement(attribute, value, printPath(path), notes), value, notes)
}

function readRemoval(sent: SentOperation, target: PatchPath, attribute: Attribute, notes: Notes): UserOperation[] {
  const { path, filter } = target
  // RFC 7644 §3.5.2.2: a required attribute cannot be removed.
  if (attribute.required) throw refuse('mutability', `"${path.attribute}" is required and cannot be removed.`)
  if (filter !== undefined || path.sub !== undefined || !attribute.multiValued) return [removal(sent, path, filter)]
  const { value } = sent
  const { value: list } = notes.apply(removeWithNullValue, value === undefined ? { path } : { path, value })
  if (list === undefined) return [removal(sent, path)]
  const former = readList(attribute, list, printPath(path), notes)
  if (former.kind === 'illTyped') notes.ignore(printPath(path))
  // An empty list removes nothing, and neither does one of which nothing could be read.
  if (former.kind !== 'set') return []
  const { filter: byValue } = notes.apply(removeWithValueArray, { path, value: former.value })
  return [removal(sent, path, byValue)]
}

function removal({ index }: SentOperation, path: AttributePath, filter?: Filter): UserOperation {
  return { op: 'remove', index, path, ...(filter === undefined ? {} : { filter }) }
}

/** What an operation asks for, given what was read from its value: where there is no value, that is a removal. */
export function toOperation(sent: SentOperation, assignment: Assignment, filter?: Filter): UserOperation[] {
  const { path } = assignment
  const condition = filter === undefined ? {} : { filter }
  if (assignment.kind === 'set' && sent.op !== 'remove')
    return [{ op: sent.op, index: sent.index, path, ...condition, value: assignment.value }]
  if (isDecisive(path)) throw refuse('invalid_value', `"${path.attribute}" needs a value.`)
  const addsNothing = sent.op === 'add' && path.sub === undefined && findAttribute(USER, path)?.multiValued === true
  return addsNothing ? [] : [removal(sent, path, filter)]
}

/** Attributes that decide too much to be passed over. */
function isDecisive({ schema, attribute }: AttributePath): boolean {
  return schema === undefined && (attribute === 'active' || attribute === 'userName')
}
