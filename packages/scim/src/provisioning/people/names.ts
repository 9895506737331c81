import { ScimError } from '../../base/errors.ts'
import { fold } from '../../base/fold.ts'
import { AddressKind, type PersonRow, peopleByAddresses, peopleByNames } from '../../store/people.ts'
import type { Reader } from '../../store/store.ts'
import { violatedTable } from '../../store/violation.ts'
import type { Call, Context } from '../call.ts'

/**
 * Whom a userName means: the one whose view or account has it; while there is none, the one who alone has it as a
 * verified e-mail. A provider that knows an address only still finds whom it means.
 */
export async function personNamed(reader: Reader, workspace: number, userName: string): Promise<PersonRow | undefined> {
  const name = fold(userName)
  const [holder] = await peopleByNames(reader, workspace, [name])
  if (holder) return holder
  const found = await peopleByAddresses(reader, workspace, AddressKind.verified, [name])
  // An address that two people share does not tell which of them is meant.
  return found.length === 1 ? found[0] : undefined
}

/** Runs a write and turns a userName that somebody else holds into the 409 that names the holder. */
export async function explainingNames<T>(
  context: Context,
  call: Call,
  userName: () => string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!violatedTable(error)?.endsWith('person_names')) throw error
    throw nameTaken(userName(), await personNamed(context.store, call.workspace.key, userName()))
  }
}

export function nameTaken(userName: string, holder: PersonRow | undefined): ScimError {
  return new ScimError('user_name_taken', {
    userName,
    ...(holder && { id: holder.id, holder: holder.shown_name ?? '' }),
  })
}
