import type { HostPerson } from '@optimaite/scim'
import { isEmail } from '../cli/values.ts'
import { personOf } from './person.ts'

/** A row of a file, and where it stands there: `line 7`, or `item 3`. */
export interface Row {
  readonly place: string
  readonly email: unknown
  readonly name: unknown
  readonly id: unknown
}

/** People read from a file; `problems` names every row that cannot be one of them, and then nobody is to be stored. */
export interface ReadPeople {
  readonly people: readonly HostPerson[]
  /** Where each of the people stands in the file. */
  readonly places: readonly string[]
  readonly problems: readonly string[]
}

const PERSON_ID = /^usr_[0-9A-Za-z]{1,40}$/

/** Checks rows by themselves and against each other; what is stored already is the library's to say. */
export function peopleOf(rows: readonly Row[]): ReadPeople {
  const people: HostPerson[] = []
  const places: string[] = []
  const problems: string[] = []
  const seen = new Map<string, string>()
  for (const row of rows) {
    const person = read(row)
    const problem = typeof person === 'string' ? person : repeated(person, row.place, seen)
    if (problem !== undefined) problems.push(`${row.place}: ${problem}`)
    else if (typeof person !== 'string') {
      people.push(person)
      places.push(row.place)
    }
  }
  return { people, places, problems }
}

/** The person in a row, or what is wrong with it. */
function read({ email, name, id }: Row): HostPerson | string {
  const address = textOf(email)
  if (address === undefined) return 'the email is missing'
  if (!isEmail(address)) return `"${shortened(address)}" is no e-mail address`
  const called = textOf(name)
  if (called === undefined) return 'the name is missing'
  const own = textOf(id)
  if (own !== undefined && !PERSON_ID.test(own)) {
    return `"${shortened(own)}" is no id: it must be "usr_" and 1 to 40 letters or digits`
  }
  return personOf({ email: address, name: called, id: own })
}

function repeated(person: HostPerson, place: string, seen: Map<string, string>): string | undefined {
  const keys = [`email ${person.userName.normalize('NFC').toLowerCase()}`]
  if (person.id !== undefined) keys.push(`id ${person.id}`)
  for (const key of keys) {
    const before = seen.get(key)
    if (before !== undefined) return `the same ${key.split(' ')[0]} stands in ${before}`
    seen.set(key, place)
  }
  return undefined
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return text === '' ? undefined : text
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
