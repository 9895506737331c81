import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { Notes } from '../dialects/notes.ts'
import { readResourceKeys } from '../dialects/resourceKeys.ts'
import type { Reading } from '../patch/operation.ts'
import { GROUP } from '../schemas/resourceTypes.ts'
import { isEmptyList, readDisplayName, readExternalId } from './groupAttributes.ts'
import { readId } from './id.ts'
import { readMembers } from './members.ts'

/** What a POST or PUT asserts about a group. What is undefined is not asserted (RFC 7644 §3.5.1). */
export interface GroupBody {
  readonly id?: string
  readonly displayName?: string
  /** Null clears. */
  readonly externalId?: string | null
  /** Well-formed person ids without duplicates; an empty list clears. */
  readonly members?: readonly string[]
  /** Which of the attributes that can name a group have a value, so that a PUT on the collection can pick its key. */
  readonly present: ReadonlySet<'id' | 'externalId' | 'displayName'>
  readonly reading: Reading
}

/** Reads the body of a POST or PUT of a group (RFC 7644 §3.3, §3.5.1). */
export function readGroupBody(sent: Json): GroupBody {
  if (!isObject(sent)) throw refuse('invalid_syntax', 'it is not a JSON object.')
  const notes = new Notes()
  const body = readResourceKeys(sent, GROUP, notes)
  const id = readId(body)
  const asserted = { ...(id === undefined ? {} : { id }), ...readAttributes(body, notes) }
  noteIgnored(body, notes)
  const present = new Set(NAMING.filter((name) => typeof asserted[name] === 'string'))
  return { ...asserted, present, reading: notes.reading() }
}

const NAMING = ['id', 'externalId', 'displayName'] as const

type Asserted = Pick<GroupBody, 'id' | 'displayName' | 'externalId' | 'members'>

function readAttributes(body: JsonObject, notes: Notes): Asserted {
  const asserted: { displayName?: string; externalId?: string | null; members?: readonly string[] } = {}
  const { displayName, externalId, members } = ownOf(body)
  if (displayName !== undefined) asserted.displayName = readDisplayName(displayName, notes)
  if (externalId !== undefined) {
    const read = readExternalId(externalId, notes)
    // An empty string asserts nothing; only null and [] say that there is no identifier.
    if (read !== null || externalId === null || isEmptyList(externalId)) asserted.externalId = read
  }
  if (members !== undefined) asserted.members = members === null ? [] : readMembers(members, notes)
  return asserted
}

function ownOf(body: JsonObject): { displayName?: Json; externalId?: Json; members?: Json } {
  return Object.fromEntries(
    ['displayName', 'externalId', 'members']
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => [name, body[name]]),
  )
}

function noteIgnored(body: JsonObject, notes: Notes): void {
  for (const key of Object.keys(body)) if (!READ.includes(key)) notes.ignore(key)
}

// `schemas` frames a body rather than being part of the resource, so that it is no news that it is passed over.
const READ = ['schemas', 'id', 'displayName', 'externalId', 'members']
