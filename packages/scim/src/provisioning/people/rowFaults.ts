import type { Facts } from '../../base/problems.ts'

/** What may be wrong with a row of the host's, in words for whoever sent it. */
export const ROW_FAULTS = {
  no_object: () => 'it is not an object',
  name_missing: () => 'the userName is missing',
  name_long: ({ limit }) => `the userName is longer than ${limit} characters`,
  name_taken: ({ name, owner }) => `the userName "${name}" belongs to ${owner}`,
  id_form: ({ id }) => `"${id}" is no id: it must be "usr_" and 1 to 40 letters or digits`,
  id_former: ({ id, present }) => `"${id}" is a former id of ${present}`,
  display_name_kind: () => 'the display name is not a text',
  display_name_long: ({ limit }) => `the display name is longer than ${limit} characters`,
  emails_kind: () => 'the e-mail addresses are not a list',
  email_kind: () => 'an e-mail address is missing or not a text',
  email_long: ({ limit }) => `an e-mail address is longer than ${limit} characters`,
  text_broken: () => 'a text contains the character NUL or half of a character',
  twice: ({ name, row }) => `"${name}" stands twice: it is the same person as row ${row}`,
} as const satisfies Readonly<Record<string, (facts: Facts) => string>>

export interface RowFault {
  readonly code: keyof typeof ROW_FAULTS
  /** Of the case: what stands in the words. */
  readonly facts: Facts
}

export function rowFault(code: RowFault['code'], facts: Facts = {}): RowFault {
  return { code, facts }
}

/** What is wrong with a row, for whoever sent it. */
export interface RowProblem {
  /** Its position among the rows given, from 0. */
  readonly index: number
  readonly reason: string
  /** The same for other languages; absent where a service elsewhere has told the reason. */
  readonly fault?: RowFault
}

export function rowProblem(index: number, fault: RowFault): RowProblem {
  return { index, reason: ROW_FAULTS[fault.code](fault.facts), fault }
}
