import { createHash } from 'node:crypto'
import { HOUR, MINUTE } from '../../base/clock.ts'
import type { ChangePerson } from '../../store/changes.ts'
import { effectiveMembersAmong, effectivePeopleAmong } from '../../store/effective.ts'
import type { GroupRow } from '../../store/groups.ts'
import {
  admittingHolds,
  equalHolds,
  type HoldKind,
  type HoldRow,
  lostSince,
  settleHolds,
  useHolds,
} from '../../store/holds.ts'
import type { Writer } from '../../store/store.ts'
import type { Call } from '../call.ts'

/** Losses of a group within this time count together. */
export const WINDOW = 10 * MINUTE
/** How long what was let through admits losses. */
export const ADMITTED_FOR = 24 * HOUR

/** A removal that is not applied, as its hold will tell it. */
export interface HeldLoss {
  readonly group: GroupRow
  readonly kind: HoldKind
  readonly digest: string
  readonly losses: number
  readonly lostBefore: number
}

/** Thrown within the transaction that it undoes; the hold is recorded in one of its own (`holds.ts`). */
export class RemovalHeld extends Error {
  override readonly name = 'RemovalHeld'
  readonly held: readonly HeldLoss[]

  constructor(held: readonly HeldLoss[]) {
    super('the removal is held')
    this.held = held
  }
}

interface Loss {
  readonly group: GroupRow
  readonly kind: HoldKind
  /** Whose memberships are effective until now. */
  readonly people: readonly number[]
}

/** Only providers remove by mistake of a setting; host and admins mean it. */
function isGuarded({ workspace, actor }: Call): boolean {
  return workspace.guard_on === 1 && actor.kind === 'token'
}

/** What one call takes from one group; without the guard it asks nothing and counts nothing. */
export class Losses {
  /** Effective memberships lost, for the change that tells of them; null where nobody counts. */
  count: number | null = null
  readonly #writer: Writer
  readonly #call: Call
  readonly #group: GroupRow
  readonly #kind: HoldKind

  constructor(writer: Writer, call: Call, group: GroupRow, kind: HoldKind) {
    this.#writer = writer
    this.#call = call
    this.#group = group
    this.#kind = kind
  }

  /**
   * Of people who are about to be taken out, some perhaps no members: asked before anything is written, so that a refusal
   * leaves a transaction that others share as it was.
   */
  async before(people: readonly ChangePerson[]): Promise<void> {
    if (!isGuarded(this.#call) || people.length === 0) return
    const keys = people.map(({ person }) => person)
    const { workspace } = this.#call
    await this.#admit(await effectiveMembersAmong(this.#writer, workspace.key, this.#group.key, keys))
  }

  /** Of people who have been taken out, where only the end of the call shows who they are. */
  async after(people: readonly ChangePerson[]): Promise<void> {
    if (!isGuarded(this.#call) || people.length === 0) return
    const keys = people.map(({ person }) => person)
    await this.#admit(await effectivePeopleAmong(this.#writer, this.#call.workspace.key, keys))
  }

  async #admit(people: readonly number[]): Promise<void> {
    await admit(this.#writer, this.#call, [{ group: this.#group, kind: this.#kind, people }])
    this.count = people.length
  }
}

/** Before a person leaves groups, which are locked: what each of them loses; null where nobody counts. */
export async function lossOfPerson(
  writer: Writer,
  call: Call,
  groups: readonly GroupRow[],
  person: number,
): Promise<number | null> {
  if (!isGuarded(call) || groups.length === 0) return null
  const people = await effectivePeopleAmong(writer, call.workspace.key, [person])
  await admit(
    writer,
    call,
    groups.map((group) => ({ group, kind: 'person_deleted', people })),
  )
  return people.length
}

/**
 * Refuses what an admin has turned away, and what is more than a group may lose unless that was let through; closes the holds
 * of what is admitted. The groups are locked, so that no two calls are both within what is left.
 */
async function admit(writer: Writer, call: Call, all: readonly Loss[]): Promise<void> {
  const { key: workspace, guard_limit: limit } = call.workspace
  const losses = all.filter(({ people }) => people.length > 0)
  if (losses.length === 0) return
  const digests = losses.map(({ group, people }) => ({ group_key: group.key, digest: digestOf(people) }))
  const groups = losses.map(({ group }) => group.key)
  const [written, equal] = await Promise.all([
    lostSince(writer, workspace, groups, call.at - WINDOW),
    equalHolds(writer, workspace, digests),
  ])
  const refused = equal.filter(({ status }) => status === 'turned_away')
  const wanted = losses.map(({ group, kind, people }, index): HeldLoss => {
    const lostBefore = (written.get(group.key) ?? 0) + (writer.held?.lost(group.key) ?? 0)
    return { group, kind, digest: digests[index]?.digest ?? '', losses: people.length, lostBefore }
  })
  const isRefused = ({ group }: HeldLoss): boolean => refused.some(({ group_key }) => group_key === group.key)
  if (refused.length > 0) throw new RemovalHeld(wanted.filter(isRefused))
  const over = wanted.filter((loss) => loss.lostBefore + loss.losses > limit)
  if (over.length > 0) await useAdmissions(writer, call, over)
  const { at, request } = call
  if (equal.length > 0) await settleHolds(writer, workspace, { ids: equal.map(({ id }) => id), at, request })
}

/** Takes losses from what was let through; whatever that does not cover whole is held. */
async function useAdmissions(writer: Writer, call: Call, over: readonly HeldLoss[]): Promise<void> {
  const { key: workspace } = call.workspace
  const groups = over.map(({ group }) => group.key)
  const holds = await admittingHolds(writer, workspace, groups, call.at - ADMITTED_FOR)
  const used: { id: string; used: number }[] = []
  const held: HeldLoss[] = []
  for (const loss of over) {
    const parts = takenFrom(
      holds.filter(({ group_key }) => group_key === loss.group.key),
      loss.losses,
    )
    if (parts) used.push(...parts)
    else held.push(loss)
  }
  if (held.length > 0) throw new RemovalHeld(held)
  await useHolds(writer, workspace, used)
}

function takenFrom(holds: readonly HoldRow[], losses: number): { id: string; used: number }[] | undefined {
  let missing = losses
  const parts: { id: string; used: number }[] = []
  for (const { id, losses: admitted, used } of holds) {
    const part = Math.min(missing, admitted - used)
    if (part > 0) parts.push({ id, used: part })
    missing -= part
  }
  return missing > 0 ? undefined : parts
}

/** Equal removals are of the same people, in whatever request they are asked for. */
function digestOf(people: readonly number[]): string {
  const keys = Float64Array.from(people).sort()
  return createHash('sha256').update(keys).digest('base64url')
}
