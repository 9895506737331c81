import type { Facts } from '../../base/problems.ts'

/** A request about history that cannot be met; the message says why. */
export class HistoryRefused extends Error {
  override readonly name = 'HistoryRefused'
  readonly code: 'group_unknown' | 'group_deleted' | 'person_unknown' | 'preview_outdated'
  /** Of the case, for those who say it in another language. */
  readonly facts: Facts

  constructor(code: HistoryRefused['code'], message: string, facts: Facts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

export function unknownGroup(group: string): HistoryRefused {
  return new HistoryRefused('group_unknown', `There is no group "${group}", and there was none.`, { group })
}

export function unknownPerson(person: string): HistoryRefused {
  return new HistoryRefused('person_unknown', `Nobody is known by "${person}".`, { person })
}
