import { ScimError } from '../../base/errors.ts'
import { fold } from '../../base/fold.ts'
import { type GroupRow, groupByExternalId, groupByName } from '../../store/groups.ts'
import { violatedColumn } from '../../store/violation.ts'
import type { Call, Context } from '../call.ts'

interface Wanted {
  readonly displayName?: string | undefined
  readonly externalId?: string | null | undefined
}

/** Runs a write and turns a violated constraint into the 409 that names who holds the value. */
export async function explainingConflicts<T>(
  context: Context,
  call: Call,
  wanted: Wanted,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const column = violatedColumn(error)
    if (column === 'name') throw await nameTaken(context, call, wanted.displayName ?? '')
    if (column === 'external_id') throw await externalIdTaken(context, call, wanted.externalId ?? '')
    throw error
  }
}

async function nameTaken(context: Context, call: Call, name: string): Promise<ScimError> {
  const holder = await groupByName(context.store, call.workspace.key, fold(name))
  return new ScimError('group_name_taken', { name, ...factsOf(holder) })
}

async function externalIdTaken(context: Context, call: Call, externalId: string): Promise<ScimError> {
  const holder = await groupByExternalId(context.store, call.workspace.key, externalId)
  return new ScimError('group_external_id_taken', { externalId, ...factsOf(holder) })
}

function factsOf(holder: GroupRow | undefined) {
  return holder && { id: holder.id, holder: holder.display_name }
}
