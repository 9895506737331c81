import { fold } from '../../base/fold.ts'
import { isPersonId } from '../../base/ids.ts'
import type { AccountEmail } from './view.ts'

/** A person as the host application gives it. */
export interface HostPerson {
  /** The host's own id: `usr_` and 1–40 letters or digits. Without one, the person gets an id of ours. */
  readonly id?: string | undefined
  readonly userName: string
  readonly displayName?: string | null | undefined
  readonly emails?:
    | readonly {
        readonly value: string
        readonly verified?: boolean | undefined
        readonly primary?: boolean | undefined
      }[]
    | null
    | undefined
}

/** A checked row of the host's. */
export interface AccountInput {
  /** Its position among the rows given, from 0. */
  readonly index: number
  readonly id: string | undefined
  readonly userName: string
  /** The folded userName. */
  readonly name: string
  readonly displayName: string | null
  /** JSON, as it is stored. */
  readonly emails: string | null
  /** Folded verified addresses. */
  readonly verified: readonly string[]
}

/** What is wrong with a row, for whoever sent it. */
export interface RowProblem {
  readonly index: number
  readonly reason: string
}

/** Rows that cannot be stored, all of them; thrown, so that nothing of the call is. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
  readonly problems: readonly RowProblem[]

  constructor(problems: readonly RowProblem[]) {
    super(`${problems.length} of the people cannot be stored`)
    this.problems = problems
  }
}

const TEXT_LIMIT = 1024

/** Checks rows without looking at what is stored. */
export function checkAccounts(rows: readonly HostPerson[]): { inputs: AccountInput[]; problems: RowProblem[] } {
  const inputs: AccountInput[] = []
  const problems: RowProblem[] = []
  const seen = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const input = illTyped(row) ?? toInput(index, row)
    const reason = typeof input === 'string' ? input : problemOf(input, seen)
    if (reason !== undefined) problems.push({ index, reason })
    else inputs.push(input as AccountInput)
  }
  return { inputs, problems }
}

/** Rows come from files and other programs: what the types say need not be so. */
function illTyped(row: HostPerson): string | undefined {
  if (typeof row !== 'object' || row === null) return 'it is not an object'
  const { id, userName, displayName, emails } = row
  if (typeof userName !== 'string') return 'the userName is missing'
  if (id !== undefined && !(typeof id === 'string' && isPersonId(id)))
    return `"${id}" is no id: it must be "usr_" and 1 to 40 letters or digits`
  if (displayName !== undefined && displayName !== null && typeof displayName !== 'string')
    return 'the display name is not a text'
  if (!Array.isArray(emails ?? [])) return 'the e-mail addresses are not a list'
  const values = (emails ?? []).map((email) => email?.value)
  if (values.some((value) => typeof value !== 'string' || value.trim() === ''))
    return 'an e-mail address is missing or not a text'
  const texts = [userName, displayName ?? '', ...values]
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed()))
    return 'a text contains the character NUL or half of a character'
  return values.some((value) => value.length > TEXT_LIMIT)
    ? `an e-mail address is longer than ${TEXT_LIMIT} characters`
    : undefined
}

function problemOf(input: AccountInput, seen: Map<string, number>): string | undefined {
  if (input.userName === '') return 'the userName is missing'
  if (input.userName.length > TEXT_LIMIT) return `the userName is longer than ${TEXT_LIMIT} characters`
  if ((input.displayName?.length ?? 0) > TEXT_LIMIT) return `the display name is longer than ${TEXT_LIMIT} characters`
  const before = seen.get(`name ${input.name}`) ?? (input.id === undefined ? undefined : seen.get(`id ${input.id}`))
  if (before !== undefined) return `"${input.userName}" stands twice: it is the same person as row ${before + 1}`
  seen.set(`name ${input.name}`, input.index)
  if (input.id !== undefined) seen.set(`id ${input.id}`, input.index)
  return undefined
}

function toInput(index: number, row: HostPerson): AccountInput {
  const userName = row.userName.trim()
  const emails = toEmails(row.emails ?? [])
  return {
    index,
    id: row.id,
    userName,
    name: fold(userName),
    displayName: row.displayName?.trim() || null,
    emails: emails.length > 0 ? JSON.stringify(emails) : null,
    verified: emails.filter((email) => email.verified).map(({ value }) => fold(value)),
  }
}

/** Exactly one address is the primary one: the first that is said to be, else the first. */
function toEmails(emails: NonNullable<HostPerson['emails']>): AccountEmail[] {
  const said = emails.findIndex(({ primary }) => primary === true)
  const primary = Math.max(said, 0)
  return emails.map(({ value, verified }, index) => ({
    value: value.trim(),
    verified: verified === true,
    primary: index === primary,
  }))
}
