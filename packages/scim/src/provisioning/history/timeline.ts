import type { PersonChange } from '../../store/history.ts'
import { type Cause, type Details, detailsOf, toCause } from './entries.ts'

/** How a membership begins or ends, with what the change had to say of it. */
export interface Turn extends Cause {
  readonly kind: PersonChange['kind']
  readonly details: Details | null
}

/** A person's life in one group. */
export interface Timeline {
  /** How many members the person is: until a claim made one of two people, there may have been two. */
  readonly balance: number
  /** The beginning of the last time in the group. */
  readonly since: Turn | null
  /** Its end. */
  readonly until: Turn | null
  /** When an account came to stand behind the membership that was there. */
  readonly resolved: Turn | null
  readonly suspended: Turn | null
  readonly accountRemoved: Turn | null
}

const START: Timeline = {
  balance: 0,
  since: null,
  until: null,
  resolved: null,
  suspended: null,
  accountRemoved: null,
}

/** Puts changes together, given the oldest first, all of one group or of none. */
export function timelineOf(group: { readonly id: string }, changes: readonly PersonChange[]): Timeline {
  return changes.reduce((timeline, change) => follow(timeline, group.id, change), START)
}

function follow(before: Timeline, group: string, change: PersonChange): Timeline {
  const turn = { ...toCause(change, change.person_operation), kind: change.kind, details: detailsOf(change) }
  switch (change.kind) {
    case 'members_resolved':
      return { ...before, resolved: turn }
    case 'person_suspended':
      return { ...before, suspended: turn }
    case 'person_resumed':
      return { ...before, suspended: null }
    case 'person_removed':
      return { ...before, suspended: null, accountRemoved: turn }
    default:
      return moved(before, turn, balanceOf(change, group))
  }
}

function moved(before: Timeline, turn: Turn, by: number): Timeline {
  const balance = before.balance + by
  if (before.balance <= 0 && balance > 0) return { ...before, balance, since: turn, until: null, resolved: null }
  if (before.balance > 0 && balance <= 0) return { ...before, balance, until: turn }
  return { ...before, balance }
}

/** What a change adds to the number of members that a person is in a group. */
export function balanceOf(change: Pick<PersonChange, 'kind' | 'copies' | 'details'>, group: string): number {
  switch (change.kind) {
    case 'members_added':
      return change.copies
    case 'members_removed':
    case 'group_deleted':
      return -change.copies
    case 'person_claimed':
      return sharedGroups(change.details).includes(group) ? -1 : 0
    default:
      return 0
  }
}

/** The groups that both were in of whom a claim made one. */
function sharedGroups(details: string | null): string[] {
  const { groups } = JSON.parse(details ?? '{}') as { groups?: string }
  return groups === undefined ? [] : groups.split(' ')
}
