import { refuse, ScimError } from '../../base/errors.ts'
import { isPersonId } from '../../base/ids.ts'
import { type GroupRow, lockGroup, markManaged } from '../../store/groups.ts'
import { type Call, type Context, groupScope } from '../call.ts'
import { recordGroupChange } from './changes.ts'
import { named } from './steps.ts'
import { createGroup, deleteGroup, editGroup, type NewGroup } from './write.ts'

/**
 * Groups as the host application and admins write them: until a token writes to one for the first time (`managed`), which
 * linking it to a provider's group is as well. From then on only the provider may, until an admin releases the group.
 */
export async function createLocal(context: Context, call: Call, wanted: NewGroup): Promise<GroupRow> {
  checkName(wanted.displayName)
  checkIds(wanted.members ?? [])
  return (await createGroup(context, call, wanted)).group
}

/** What to change of a local group. */
export interface LocalEdit {
  readonly displayName?: string
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

export async function editLocal(context: Context, call: Call, id: string, edit: LocalEdit): Promise<GroupRow> {
  const { displayName, add = [], remove = [] } = edit
  if (displayName !== undefined) checkName(displayName)
  checkIds(add)
  const step = { kind: 'delta', added: named(add, null), removed: named(remove, null) } as const
  const steps = add.length + remove.length > 0 ? [step] : []
  return (await editGroup(context, call, id, { displayName, steps }, undefined, refuseManaged)).group
}

export async function deleteLocal(context: Context, call: Call, id: string): Promise<void> {
  await deleteGroup(context, call, id, undefined, refuseManaged)
}

/** Gives a group back to the host and admins; the provider's next write takes it again. */
export function releaseGroup(context: Context, call: Call, id: string): Promise<GroupRow> {
  return context.store.write(
    async (writer) => {
      const group = await lockGroup(writer, call.workspace.key, id)
      if (!group) throw new ScimError('group_unknown', { id })
      if (group.managed === 0) return group
      await markManaged(writer, call.workspace.key, group.key, 0)
      await recordGroupChange(writer, call, group, { kind: 'group_released' })
      return { ...group, managed: 0 }
    },
    groupScope(call, id),
  )
}

function refuseManaged(group: GroupRow): void {
  if (group.managed !== 0) throw new ScimError('group_managed', { name: group.display_name })
}

const NAME_LIMIT = 1_024

function checkName(name: unknown): void {
  if (typeof name !== 'string' || name.trim() === '') throw refuse('invalid_value', 'A group needs a displayName.')
  if (name.length > NAME_LIMIT)
    throw refuse('invalid_value', `The displayName is longer than ${NAME_LIMIT} characters.`)
  if (name.includes('\0') || !name.isWellFormed())
    throw refuse('invalid_value', 'The displayName contains the character NUL or half of a character.')
}

/** Ids to be removed need no check: one that is no id is no member. */
function checkIds(ids: readonly unknown[]): void {
  const wrong = ids.find((id) => typeof id !== 'string' || !isPersonId(id))
  if (wrong === undefined) return
  throw refuse('invalid_value', `"${wrong}" is no person's id: it must be "usr_" and 1 to 40 letters or digits.`)
}
