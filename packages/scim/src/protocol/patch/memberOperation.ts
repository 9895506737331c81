import { refuse } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import { onlyPersonIds, readFormerMembers, readMembers } from '../bodies/members.ts'
import { addWithMemberFilter } from '../dialects/add-with-member-filter.ts'
import type { Notes } from '../dialects/notes.ts'
import { removeWithNullValue } from '../dialects/remove-with-null-value.ts'
import { removeWithValueArray } from '../dialects/remove-with-value-array.ts'
import type { Filter } from '../filter/ast.ts'
import type { PatchPath } from '../path.ts'
import { memberIdsIn } from './memberIds.ts'
import type { GroupOperation } from './operation.ts'
import type { SentOperation } from './sentOperations.ts'

/** Reads an operation on `members`, by any of the ways in which providers add, remove and replace. */
export function readMemberOperation(sent: SentOperation, target: PatchPath, notes: Notes): GroupOperation {
  checkSubAttribute(target)
  if (sent.op === 'remove') return readRemoval(sent, target, notes)
  if (target.filter !== undefined) return readAdditionByFilter(sent, target.filter, notes)
  const { index, value } = sent
  if (value === undefined) throw refuse('invalid_value', `${sent.op} needs a "value".`)
  const ids = value === null ? [] : readMembers(value, notes)
  return { kind: sent.op === 'add' ? 'addMembers' : 'replaceMembers', index, ids }
}

function checkSubAttribute({ path, filter }: PatchPath): void {
  if (path.sub === undefined) return
  if (path.sub === 'value' && filter === undefined)
    throw refuse('invalid_path', '"members.value" does not say which member; use "members" or members[value eq "…"].')
  throw refuse('mutability', `"members.${path.sub}" cannot be changed; members are added and removed as a whole.`)
}

function readAdditionByFilter({ index, value }: SentOperation, filter: Filter, notes: Notes): GroupOperation {
  const members = notes.read(addWithMemberFilter, filter)
  if (members === undefined) throw refuse('no_target', 'Only a filter such as [value eq "usr_…"] says whom to add.')
  const ids = readMembers(members, notes)
  checkAgreement(value, ids, notes)
  return { kind: 'addMembers', index, ids }
}

function readRemoval({ index, value }: SentOperation, { path, filter }: PatchPath, notes: Notes): GroupOperation {
  if (filter !== undefined) return readRemovalByFilter(index, filter, value, notes)
  const removal = notes.apply(removeWithNullValue, value === undefined ? { path } : { path, value })
  if (removal.value === undefined) return { kind: 'replaceMembers', index, ids: [] }
  const former = readFormerMembers(removal.value, notes).map((id) => ({ value: id }))
  const { filter: byValue } = notes.apply(removeWithValueArray, { path, value: former })
  return { kind: 'removeMembers', index, ids: onlyPersonIds(byValue === undefined ? [] : (memberIdsIn(byValue) ?? [])) }
}

function readRemovalByFilter(index: number, filter: Filter, value: Json | undefined, notes: Notes): GroupOperation {
  const ids = memberIdsIn(filter)
  checkAgreement(value, ids, notes)
  if (ids === undefined) return { kind: 'removeMatchingMembers', index, filter }
  return { kind: 'removeMembers', index, ids: onlyPersonIds(ids) }
}

/** A value beside a filter is not needed; one that names others than the filter makes the operation ambiguous. */
function checkAgreement(value: Json | undefined, ids: readonly string[] | undefined, notes: Notes): void {
  if (value === undefined || value === null) return
  const named = readFormerMembers(value, notes)
  if (ids !== undefined && named.every((id) => ids.includes(id))) return
  throw refuse('invalid_value', 'The path and the value name different members.')
}
