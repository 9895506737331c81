import type { ChangeKind } from '../../store/changes.ts'
import { changeKinds, changesInGroup, type MoveRow, movesOfChange, movesOfChanges } from '../../store/history.ts'
import { breathe, type Reader } from '../../store/store.ts'
import { balanceOf } from './timeline.ts'

/** Changes of a group read at once, and people of changes. */
const CHANGES = 1_000
const PEOPLE = 5_000

/**
 * Keys of the members that a group had after its change `until`, ascending. Each change is read once, in pieces between
 * which others have their turn; what is kept is one number for each person who was ever in the group.
 */
export async function membersAfter(
  reader: Reader,
  workspace: number,
  group: { readonly key: number; readonly id: string },
  until: number,
): Promise<number[]> {
  const balances = new Map<number, number>()
  // Two people who became one were each in the group: only a claim, which is no change of the group, tells of that.
  const doubled = new Set<number>()
  for await (const moves of pieces(reader, workspace, group.key, until)) {
    for (const { person_key, kind, copies } of moves) {
      const balance = (balances.get(person_key) ?? 0) + balanceOf({ kind, copies, details: null }, group.id)
      balances.set(person_key, balance)
      if (balance > 1) doubled.add(person_key)
    }
  }
  for (const person of doubled) balances.set(person, await balanceAfter(reader, workspace, person, group, until))
  const members = Array.from(balances).filter(([, balance]) => balance > 0)
  return members.map(([key]) => key).sort((left, right) => left - right)
}

async function balanceAfter(
  reader: Reader,
  workspace: number,
  person: number,
  group: { readonly key: number; readonly id: string },
  until: number,
): Promise<number> {
  const changes = await changesInGroup(reader, workspace, person, group.key)
  return changes.filter(({ key }) => key <= until).reduce((balance, change) => balance + balanceOf(change, group.id), 0)
}

async function* pieces(
  reader: Reader,
  workspace: number,
  group: number,
  until: number,
): AsyncGenerator<readonly MoveRow[]> {
  let after = 0
  for (;;) {
    const changes = await changeKinds(reader, workspace, group, { after, until, limit: CHANGES })
    yield* movesIn(reader, workspace, changes.filter(isMove))
    const last = changes.at(-1)
    if (!last || changes.length < CHANGES) return
    after = last.key
  }
}

/** Small changes together, large ones piece by piece. */
async function* movesIn(
  reader: Reader,
  workspace: number,
  changes: readonly { key: number; people_count: number }[],
): AsyncGenerator<readonly MoveRow[]> {
  let batch: number[] = []
  let size = 0
  for (const { key, people_count } of changes) {
    if (size > 0 && size + people_count > PEOPLE) {
      yield await movesOfChanges(reader, workspace, batch)
      await breathe()
      batch = []
      size = 0
    }
    if (people_count > PEOPLE) yield* movesOfLarge(reader, workspace, key)
    else {
      batch.push(key)
      size += people_count
    }
  }
  if (batch.length > 0) yield await movesOfChanges(reader, workspace, batch)
}

async function* movesOfLarge(reader: Reader, workspace: number, change: number): AsyncGenerator<readonly MoveRow[]> {
  let after = 0
  for (;;) {
    const moves = await movesOfChange(reader, workspace, change, { after, limit: PEOPLE })
    yield moves
    const last = moves.at(-1)
    if (!last || moves.length < PEOPLE) return
    after = last.person_key
    await breathe()
  }
}

function isMove({ kind }: { readonly kind: ChangeKind }): boolean {
  return kind === 'members_added' || kind === 'members_removed' || kind === 'group_deleted'
}
