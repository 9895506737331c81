import { fold } from '../../base/fold.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { isObject } from '../../base/json.ts'
import { USER } from '../../protocol/schemas/resourceTypes.ts'
import { searchDocument } from '../../protocol/searchDocument.ts'
import { AddressKind, type PersonRow } from '../../store/people.ts'

/** An e-mail address of an account. */
export interface AccountEmail {
  readonly value: string
  /** Whether the host application has made sure that the address is the person's. */
  readonly verified: boolean
  readonly primary: boolean
}

/** What the host application says of a person. */
export interface Account {
  readonly userName: string
  readonly displayName: string | null
  readonly emails: readonly AccountEmail[]
}

/** The columns from which everything else of a person's row follows. */
export type PersonSource = Pick<
  PersonRow,
  'id' | 'state' | 'user_name' | 'display_name' | 'emails' | 'record' | 'version' | 'created_at' | 'updated_at'
>

export type Written = Omit<PersonRow, 'key'>

/** The resource as SCIM shows it, without `schemas`, `groups` and `meta`: the account overlaid by the provider's record. */
export function viewOf(
  source: Pick<PersonSource, 'id' | 'user_name' | 'display_name' | 'emails' | 'record'>,
): JsonObject {
  const record = recordOf(source)
  const view: JsonObject = { userName: source.user_name ?? source.id }
  if (source.display_name !== null) view.displayName = source.display_name
  const emails = accountEmails(source).map(({ value, primary }) => ({ value, type: 'work', primary }))
  if (emails.length > 0) view.emails = emails
  view.active = true
  for (const key of Object.keys(record)) view[key] = record[key] as Json
  return view
}

export function recordOf({ record }: Pick<PersonSource, 'record'>): JsonObject {
  return record === null ? {} : (JSON.parse(record) as JsonObject)
}

export function accountEmails({ emails }: Pick<PersonSource, 'emails'>): AccountEmail[] {
  return emails === null ? [] : (JSON.parse(emails) as AccountEmail[])
}

/** A person's whole row: what is looked up, sorted and shown follows from account and record. */
export function writtenRow(source: PersonSource): Written {
  const view = viewOf(source)
  const shown = shownName(view)
  const search: JsonObject = { ...searchDocument(view, USER), shown: fold(shown) }
  return {
    ...source,
    suspended: view.active === false ? 1 : 0,
    name: fold(text(view.userName) ?? source.id),
    shown_name: shown,
    external_id: text(view.externalId) ?? null,
    search: JSON.stringify(search),
  }
}

/** The userNames that a person holds: the account's own and the view's. */
export function heldNames(row: Written): string[] {
  const names = row.name === null || row.name === fold(row.id) ? [] : [row.name]
  const own = row.user_name === null ? undefined : fold(row.user_name)
  return own === undefined || names.includes(own) ? names : [...names, own]
}

/** The addresses that a person is found by, folded. */
export function heldAddresses(row: Written): { kind: number; address: string }[] {
  const { emails } = viewOf(row)
  const shown = Array.isArray(emails) ? emails.map((email) => (isObject(email) ? text(email.value) : undefined)) : []
  const verified = accountEmails(row).filter((email) => email.verified)
  return [
    ...shown.filter((value) => value !== undefined).map((value) => ({ kind: AddressKind.view, address: fold(value) })),
    ...verified.map(({ value }) => ({ kind: AddressKind.verified, address: fold(value) })),
  ]
}

function shownName(view: JsonObject): string {
  const name = isObject(view.name) ? view.name : {}
  const parts = [text(name.givenName), text(name.familyName)].filter((part) => part !== undefined)
  return text(view.displayName) ?? text(name.formatted) ?? (parts.join(' ') || (text(view.userName) ?? ''))
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
