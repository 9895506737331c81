/** A request about history that cannot be met; the message says why. */
export class HistoryRefused extends Error {
  override readonly name = 'HistoryRefused'
  readonly code: 'group_unknown' | 'group_deleted' | 'person_unknown' | 'preview_outdated'

  constructor(code: HistoryRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

export function unknownGroup(group: string): HistoryRefused {
  return new HistoryRefused('group_unknown', `There is no group "${group}", and there was none.`)
}

export function unknownPerson(person: string): HistoryRefused {
  return new HistoryRefused('person_unknown', `Nobody is known by "${person}".`)
}
