import { ScimError } from '../../base/errors.ts'

/** How far a consumer has come. */
export interface Position {
  /** The place of the change read last, and the end of its id, by which it is known again. */
  readonly change: number
  readonly mark: string
  /** Where a change has not been read to its end: the person and group read last. */
  readonly within?: { readonly person: number; readonly group: number }
}

/** Before the first change. */
export const BEGINNING = ''

const MARK = 8
const FORM = /^(\d{1,15})-([0-9A-Z]{8})(?:-(\d{1,15})-(\d{1,15}))?$/

/** The end of a change's id, which is random: a store that was set back gives its key to another change. */
export function markOf(id: string): string {
  return id.slice(-MARK)
}

export function printPosition(position: Position | undefined): string {
  if (!position) return BEGINNING
  const { change, mark, within } = position
  return within ? `${change}-${mark}-${within.person}-${within.group}` : `${change}-${mark}`
}

/** Refuses a text that is no position. */
export function readPosition(text: string): Position | undefined {
  if (text === BEGINNING) return undefined
  const match = FORM.exec(text)
  if (!match) throw new ScimError('feed_position_unknown', { position: text.slice(0, 80) })
  const [, change = '', mark = '', person, group] = match
  const position = { change: Number(change), mark }
  return person === undefined ? position : { ...position, within: { person: Number(person), group: Number(group) } }
}
