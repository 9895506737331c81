import { isDeepStrictEqual } from 'node:util'
import { refuse, ScimError } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { toUserOperations } from '../../protocol/bodies/userBody.ts'
import { applyUserOperations } from '../../protocol/patch/applyUserPatch.ts'
import type { UserOperation } from '../../protocol/patch/operation.ts'
import {
  insertPeople,
  type PersonRow,
  PersonState,
  personById,
  replaceAddresses,
  replaceNames,
} from '../../store/people.ts'
import { lockPeople } from '../../store/personLocks.ts'
import type { Reader, Writer } from '../../store/store.ts'
import { type Call, type Context, type Effect, peopleScope, perform } from '../call.ts'
import { performGuarded } from '../guard/holds.ts'
import { checkPrecondition, type Precondition } from '../precondition.ts'
import { leaveGroups, recordPeopleChange } from './changes.ts'
import { explainingNames, nameTaken, personNamed } from './names.ts'
import { addressesOf, emptyPerson, namesOf, savePerson } from './save.ts'
import { recordOf, viewOf, writtenRow } from './view.ts'

/** What a provider may write of one person, as JSON. */
export const RECORD_BYTES = 64 * 1024

/** What a body asserts: attributes to write, and paths of those to clear. */
export interface Assertion {
  readonly record: JsonObject
  readonly cleared: readonly string[]
}

export interface WrittenUser {
  readonly person: PersonRow
  readonly changed: boolean
  readonly effect: Effect
}

/** Whether the id names somebody whom SCIM shows: a person with an account, or a pending one. */
export function isShown(row: PersonRow | undefined): row is PersonRow {
  return row !== undefined && row.state >= PersonState.pending
}

export async function findUser(reader: Reader, workspace: number, id: string): Promise<PersonRow> {
  const row = await personById(reader, workspace, id)
  if (!isShown(row)) throw new ScimError('user_unknown', { id })
  return row
}

/** POST: refused, or recorded as a pending person, as the workspace's policy says. */
export async function createUser(context: Context, call: Call, { record }: Assertion): Promise<WrittenUser> {
  const userName = record.userName
  if (typeof userName !== 'string') throw refuse('invalid_value', 'userName is required.')
  checkSize(record)
  if (call.workspace.unknown_users === 'refuse') throw await refusal(context, call, userName)
  return explainingNames(
    context,
    call,
    () => userName,
    () => perform(context, call, (writer) => addPending(writer, call, userName, record), peopleScope(call)),
  )
}

/** Whom the userName finds already, by a verified e-mail too, is not recorded a second time. */
async function addPending(writer: Writer, call: Call, userName: string, record: JsonObject): Promise<WrittenUser> {
  const holder = await personNamed(writer, call.workspace.key, userName)
  if (holder) throw nameTaken(userName, holder)
  const person = await insertPending(writer, call, record)
  if (person.suspended) await recordPeopleChange(writer, call, 'person_suspended', [person.key])
  const attributes = Object.keys(record)
  return { person, changed: true, effect: { personId: person.id, created: true, attributes, version: person.version } }
}

/** PUT: what is absent is not asserted and stays (RFC 7644 §3.5.1), of complex attributes and extensions as well. */
export function replaceUser(
  context: Context,
  call: Call,
  id: string,
  assertion: Assertion,
  precondition: Precondition,
): Promise<WrittenUser> {
  const operations = toUserOperations(assertion)
  return writeRecord(context, call, id, precondition, (record) => applyUserOperations(record, operations).record)
}

/**
 * PATCH, on what SCIM shows of the person: the account's own e-mails can be the target of a value path. `noteRules` is
 * told the dialect rules that only the state of the record showed the need of.
 */
export function modifyUser(
  context: Context,
  call: Call,
  id: string,
  operations: readonly UserOperation[],
  precondition: Precondition,
  noteRules: (rules: readonly string[]) => void,
): Promise<WrittenUser> {
  return writeRecord(context, call, id, precondition, (record, view) => {
    const { record: wanted, rules } = applyUserOperations(view, operations)
    noteRules(rules)
    return overlay(record, view, wanted, operations)
  })
}

/** The record with which the view is what is wanted of it. What the account has cannot be taken away, only overlaid. */
function overlay(
  record: JsonObject,
  view: JsonObject,
  wanted: JsonObject,
  operations: readonly UserOperation[],
): JsonObject {
  const written: JsonObject = { ...record }
  for (const { op, path } of operations) {
    const key = path.schema ?? path.attribute
    if (op === 'remove' && isDeepStrictEqual(wanted[key], view[key])) continue
    if (Object.hasOwn(wanted, key)) written[key] = wanted[key] as Json
    else delete written[key]
  }
  return written
}

/** A pending person is gone; a person with an account loses record and memberships, and can still be found. */
export function deleteUser(context: Context, call: Call, id: string, precondition: Precondition): Promise<WrittenUser> {
  const remove = async (writer: Writer): Promise<WrittenUser> => {
    const before = await findUser(writer, call.workspace.key, id)
    checkPrecondition(precondition, before.version)
    await lockPeople(writer, call.workspace.key, [before.key])
    const removed = await leaveGroups(writer, call, before.key, 'person_deleted')
    const person = await withoutRecord(writer, call, before)
    return { person, changed: true, effect: { personId: before.id, deleted: true, removed } }
  }
  return performGuarded(context, call, remove, peopleScope(call))
}

async function withoutRecord(writer: Writer, call: Call, before: PersonRow): Promise<PersonRow> {
  const workspace = call.workspace.key
  if (before.state === PersonState.pending) {
    await recordPeopleChange(writer, call, 'person_removed', [before.key], { id: before.id })
    await emptyPerson(writer, workspace, before, PersonState.removed, call.at)
    return before
  }
  if (before.record === null) return before
  if (before.suspended) await recordPeopleChange(writer, call, 'person_resumed', [before.key])
  const source = { ...before, record: null, version: before.version + 1, updated_at: call.at }
  return savePerson(writer, workspace, before, source)
}

function writeRecord(
  context: Context,
  call: Call,
  id: string,
  precondition: Precondition,
  rewrite: (record: JsonObject, view: JsonObject) => JsonObject,
): Promise<WrittenUser> {
  let wantedName = ''
  const write = async (writer: Writer): Promise<WrittenUser> => {
    const before = await findUser(writer, call.workspace.key, id)
    checkPrecondition(precondition, before.version)
    const record = rewrite(recordOf(before), viewOf(before))
    checkSize(record)
    wantedName = String(record.userName ?? before.user_name ?? '')
    return saveRecord(writer, call, before, record)
  }
  return explainingNames(
    context,
    call,
    () => wantedName,
    () => perform(context, call, write, peopleScope(call)),
  )
}

async function saveRecord(writer: Writer, call: Call, before: PersonRow, record: JsonObject): Promise<WrittenUser> {
  const attributes = changedKeys(recordOf(before), record)
  const { version } = before
  if (attributes.length === 0) return { person: before, changed: false, effect: { personId: before.id, version } }
  const source = {
    ...before,
    record: JSON.stringify(record),
    version: version + 1,
    updated_at: call.at,
  }
  const person = await savePerson(writer, call.workspace.key, before, source)
  const effect: Effect = { personId: person.id, attributes, version: person.version }
  if (person.suspended === before.suspended) return { person, changed: true, effect }
  await recordPeopleChange(writer, call, person.suspended ? 'person_suspended' : 'person_resumed', [person.key])
  return { person, changed: true, effect: { ...effect, suspended: person.suspended === 1 } }
}

async function insertPending(writer: Writer, call: Call, record: JsonObject): Promise<PersonRow> {
  const row = writtenRow({
    id: newId('usr', call.at),
    state: PersonState.pending,
    user_name: null,
    display_name: null,
    emails: null,
    record: JSON.stringify(record),
    version: 1,
    created_at: call.at,
    updated_at: call.at,
  })
  const [inserted] = await insertPeople(writer, call.workspace.key, [row])
  if (!inserted) throw new ScimError('token_unknown')
  const person = { ...row, key: inserted.key }
  await replaceNames(writer, call.workspace.key, [], namesOf([person]))
  await replaceAddresses(writer, call.workspace.key, [], addressesOf([person]))
  return person
}

function changedKeys(before: JsonObject, after: JsonObject): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key]))
}

function checkSize(record: JsonObject): void {
  if (Buffer.byteLength(JSON.stringify(record)) > RECORD_BYTES) {
    throw new ScimError('record_too_large', { limit: RECORD_BYTES })
  }
}

/** 409 where the userName finds somebody, so that a provider that created first goes on to look it up; otherwise 403. */
async function refusal(context: Context, call: Call, userName: string): Promise<ScimError> {
  const holder = await personNamed(context.store, call.workspace.key, userName)
  if (holder) return nameTaken(userName, holder)
  return new ScimError('user_creation_refused', { userName, workspace: call.workspace.name, press: PRESS })
}

const PRESS =
  'Then Entra: "Provision on demand" or the next cycle; Okta: "Provision User" on the assignment; OneLogin: retry under Users.'
