import { fold } from '../../base/fold.ts'
import { isPersonId } from '../../base/ids.ts'
import { type RowFault, type RowProblem, rowFault, rowProblem } from './rowFaults.ts'
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

/** Rows that cannot be stored, all of them; thrown, so that nothing of the call is. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused'
  readonly problems: readonly RowProblem[]
  /** How many they are; more than are named, where a service elsewhere refused them and named the first. */
  readonly count: number

  constructor(problems: readonly RowProblem[], count = problems.length) {
    super(`${count} of the people cannot be stored`)
    this.problems = problems
    this.count = count
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
    const fault = 'code' in input ? input : faultOf(input, seen)
    if (fault) problems.push(rowProblem(index, fault))
    else inputs.push(input as AccountInput)
  }
  return { inputs, problems }
}

/** Rows come from files and other programs: what the types say need not be so. */
function illTyped(row: HostPerson): RowFault | undefined {
  if (typeof row !== 'object' || row === null) return rowFault('no_object')
  const { id, userName, displayName, emails } = row
  if (typeof userName !== 'string') return rowFault('name_missing')
  if (id !== undefined && !(typeof id === 'string' && isPersonId(id))) return rowFault('id_form', { id: String(id) })
  if (displayName !== undefined && displayName !== null && typeof displayName !== 'string')
    return rowFault('display_name_kind')
  if (!Array.isArray(emails ?? [])) return rowFault('emails_kind')
  const values = (emails ?? []).map((email) => email?.value)
  if (values.some((value) => typeof value !== 'string' || value.trim() === '')) return rowFault('email_kind')
  const texts = [userName, displayName ?? '', ...values]
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed())) return rowFault('text_broken')
  return values.some((value) => value.length > TEXT_LIMIT) ? rowFault('email_long', { limit: TEXT_LIMIT }) : undefined
}

function faultOf(input: AccountInput, seen: Map<string, number>): RowFault | undefined {
  if (input.userName === '') return rowFault('name_missing')
  if (input.userName.length > TEXT_LIMIT) return rowFault('name_long', { limit: TEXT_LIMIT })
  if ((input.displayName?.length ?? 0) > TEXT_LIMIT) return rowFault('display_name_long', { limit: TEXT_LIMIT })
  const before = seen.get(`name ${input.name}`) ?? (input.id === undefined ? undefined : seen.get(`id ${input.id}`))
  if (before !== undefined) return rowFault('twice', { name: input.userName, row: before + 1 })
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
