import { ScimError } from '../../base/errors.ts'
import { groupsOf } from '../../store/memberships.ts'
import { PersonState } from '../../store/people.ts'
import { type UnresolvedRow, unresolvedMember, unresolvedPage } from '../../store/problems.ts'
import type { Reader } from '../../store/store.ts'
import { type Call, type Context, peopleScope } from '../call.ts'
import { recordPeopleChange } from '../people/changes.ts'
import { allPages } from './pages.ts'

/** An id that groups name and nobody stands behind: nobody of that id has been added yet, or the person was removed. */
export interface UnresolvedProblem {
  readonly kind: 'unresolved_member'
  readonly id: string
  /** When it was last named or became unresolved. */
  readonly since: number | null
  /** Whether somebody of that id was here before. */
  readonly removed: boolean
  readonly groups: readonly { readonly id: string; readonly displayName: string }[]
}

export async function unresolvedProblems(reader: Reader, workspace: number): Promise<UnresolvedProblem[]> {
  const problems: UnresolvedProblem[] = []
  for (const state of [PersonState.unresolved, PersonState.removed] as const) {
    await allPages(
      (page) => unresolvedPage(reader, workspace, state, page),
      async (rows) => {
        const open = rows.filter(isOpen)
        const keys = open.map(({ key }) => key)
        const groups = Map.groupBy(await groupsOf(reader, workspace, keys), ({ person_key }) => person_key)
        for (const { key, id, at } of open) {
          const named = (groups.get(key) ?? []).map((group) => ({ id: group.id, displayName: group.display_name }))
          const removed = state === PersonState.removed
          problems.push({ kind: 'unresolved_member', id, since: at, removed, groups: named })
        }
      },
    )
  }
  return problems
}

/**
 * Dismissing is a change like others, so that it is in the person's history; it holds until the id is named anew or
 * becomes unresolved once more. The membership stays: the provider reads what it wrote.
 */
export function dismissUnresolved(context: Context, call: Call, id: string): Promise<void> {
  return context.store.write(async (writer) => {
    const row = await unresolvedMember(writer, call.workspace.key, id)
    if (!row || !isOpen(row)) throw new ScimError('problem_unknown', { id })
    await recordPeopleChange(writer, call, 'unresolved_dismissed', [row.key], { id })
  }, peopleScope(call))
}

function isOpen({ kind }: UnresolvedRow): boolean {
  return kind !== 'unresolved_dismissed'
}
