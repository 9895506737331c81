import type { Explained } from '../library/history.ts'
import type { HistoryEntry } from '../provisioning/history/entries.ts'
import type { GroupSubject } from '../provisioning/history/subjects.ts'
import type { Turn } from '../provisioning/history/timeline.ts'
import { timeText, withTimes } from './times.ts'

/** A group as history knows it, without its key, which is the store's own. */
export function toSubject({ id, displayName, externalId, createdAt, deletedAt }: GroupSubject) {
  return { id, displayName, externalId, createdAt: timeText(createdAt), deletedAt: timeText(deletedAt) }
}

export function toEntry(entry: HistoryEntry) {
  return { ...withTimes(entry, 'at'), details: entry.details && { ...entry.details }, people: [...entry.people] }
}

export function toExplanation(explained: Explained) {
  const { group, since, until, resolved, suspended, accountRemoved, former, unknownIds } = explained
  return {
    ...explained,
    group: group && toSubject(group),
    since: toTurn(since),
    until: toTurn(until),
    resolved: toTurn(resolved),
    suspended: toTurn(suspended),
    accountRemoved: toTurn(accountRemoved),
    former: former.map((one) => ({
      group: toSubject(one.group),
      sameName: one.sameName,
      sameExternalId: one.sameExternalId,
      since: toTurn(one.since),
      until: toTurn(one.until),
    })),
    unknownIds: unknownIds.map((one) => withTimes(one, 'at')),
  }
}

function toTurn(turn: Turn | null) {
  return turn && { ...withTimes(turn, 'at'), details: turn.details && { ...turn.details } }
}
