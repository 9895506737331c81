import { type PersonRow, replaceAddresses, replaceNames, updatePeople } from '../../store/people.ts'
import type { Writer } from '../../store/store.ts'
import { heldAddresses, heldNames, type PersonSource, type Written, writtenRow } from './view.ts'

/** Writes what follows from a person's account and record; indexes of names and addresses only where they differ. */
export async function savePerson(
  writer: Writer,
  workspace: number,
  before: PersonRow,
  source: PersonSource,
): Promise<PersonRow> {
  const after: PersonRow = { ...writtenRow(source), key: before.key }
  await updatePeople(writer, workspace, [after])
  if (differ(heldNames(before), heldNames(after))) {
    await replaceNames(writer, workspace, [before.key], namesOf([after]))
  }
  if (differ(heldAddresses(before), heldAddresses(after))) {
    await replaceAddresses(writer, workspace, [before.key], addressesOf([after]))
  }
  return after
}

export function namesOf(rows: readonly (Written & { key: number })[]): { name: string; person: number }[] {
  return rows.flatMap((row) => heldNames(row).map((name) => ({ name, person: row.key })))
}

export function addressesOf(
  rows: readonly (Written & { key: number })[],
): { kind: number; address: string; person: number }[] {
  return rows.flatMap((row) => heldAddresses(row).map((held) => ({ ...held, person: row.key })))
}

function differ(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) !== JSON.stringify(right)
}

/** A person of whom nothing is left but the id. */
function emptied(row: PersonRow, state: PersonRow['state'], at: number): PersonRow {
  return {
    key: row.key,
    id: row.id,
    state,
    suspended: 0,
    user_name: null,
    display_name: null,
    emails: null,
    record: null,
    name: null,
    shown_name: null,
    external_id: null,
    search: null,
    version: row.version + 1,
    created_at: row.created_at,
    updated_at: at,
  }
}

/** Leaves a tombstone of the id alone: whoever uses it again later is meant by the memberships that name it. */
export async function emptyPerson(
  writer: Writer,
  workspace: number,
  row: PersonRow,
  state: PersonRow['state'],
  at: number,
): Promise<void> {
  await emptyPeople(writer, workspace, [row], state, at)
}

/** The same for several. */
export async function emptyPeople(
  writer: Writer,
  workspace: number,
  rows: readonly PersonRow[],
  state: PersonRow['state'],
  at: number,
): Promise<void> {
  const keys = rows.map(({ key }) => key)
  await updatePeople(
    writer,
    workspace,
    rows.map((row) => emptied(row, state, at)),
  )
  await replaceNames(writer, workspace, keys, [])
  await replaceAddresses(writer, workspace, keys, [])
}
