import { fold } from '../../base/fold.ts'
import { isPersonId } from '../../base/ids.ts'
import type { AccountEmail } from './view.ts'

/** A person as the host application gives it. */
export interface HostPerson {
  /** The host's own id: `usr_` and 1–40 letters or digits. Without one, the person gets an id of ours. */
  readonly id?: string
  readonly userName: string
  readonly displayName?: string | null
  readonly emails?: readonly { readonly value: string; readonly verified?: boolean; readonly primary?: boolean }[]
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

const TEXT_LIMIT = 1024

/** Checks rows without looking at what is stored. */
export function checkAccounts(rows: readonly HostPerson[]): { inputs: AccountInput[]; problems: RowProblem[] } {
  const inputs: AccountInput[] = []
  const problems: RowProblem[] = []
  const seen = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const input = toInput(index, row)
    const reason = problemOf(row, input, seen)
    if (reason) problems.push({ index, reason })
    else inputs.push(input)
  }
  return { inputs, problems }
}

function problemOf(row: HostPerson, input: AccountInput, seen: Map<string, number>): string | undefined {
  if (typeof row.userName !== 'string' || input.userName === '') return 'the userName is missing'
  if (input.userName.length > TEXT_LIMIT) return `the userName is longer than ${TEXT_LIMIT} characters`
  if ((input.displayName?.length ?? 0) > TEXT_LIMIT) return `the display name is longer than ${TEXT_LIMIT} characters`
  if (!wellFormed(input)) return 'a text contains the character NUL or half of a character'
  if (input.id !== undefined && !isPersonId(input.id)) {
    return `"${input.id}" is no id: it must be "usr_" and 1 to 40 letters or digits`
  }
  const before = seen.get(`name ${input.name}`) ?? (input.id === undefined ? undefined : seen.get(`id ${input.id}`))
  if (before !== undefined) return `"${input.userName}" stands twice: it is the same person as row ${before + 1}`
  seen.set(`name ${input.name}`, input.index)
  if (input.id !== undefined) seen.set(`id ${input.id}`, input.index)
  return undefined
}

function toInput(index: number, row: HostPerson): AccountInput {
  const userName = String(row.userName ?? '').trim()
  const emails = (row.emails ?? []).map(toEmail)
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

function toEmail(email: { value: string; verified?: boolean; primary?: boolean }, index: number): AccountEmail {
  return { value: email.value.trim(), verified: email.verified === true, primary: email.primary ?? index === 0 }
}

function wellFormed({ userName, displayName, emails }: AccountInput): boolean {
  const text = `${userName}${displayName ?? ''}${emails ?? ''}`
  return text.isWellFormed() && !text.includes('\0') && !text.includes('\\u0000')
}
