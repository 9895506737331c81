import type { ChangeKind, ChangeRow } from '../../store/changes.ts'
import {
  changesOfGroup,
  changesOfPerson,
  changesOfRequest,
  peopleOfChange,
  personChangesOfRequest,
  type RequestMoment,
  type StoredChange,
} from '../../store/history.ts'
import { type MemberRow, memberNames } from '../../store/memberNames.ts'
import type { Reader } from '../../store/store.ts'

/** A person as shown now: whoever has become somebody else goes by the other's id. */
export interface HistoryPerson {
  readonly id: string
  /** Missing while nobody stands behind the id. */
  readonly displayName: string | null
}

/** Who did something, when, and in which request. */
export interface Cause {
  /** The change's place among all changes of the store. */
  readonly position: number
  readonly at: number
  readonly actor: { readonly kind: ChangeRow['actor']; readonly label: string }
  /** The id of the activity entry. */
  readonly request: string | null
  /** Of the request, counted from 1. */
  readonly operation: number | null
}

export type Details = Readonly<Record<string, string | null>>

/** A change, as history tells it. */
export interface HistoryEntry extends Cause {
  readonly id: string
  readonly kind: ChangeKind
  /** As it was called then. */
  readonly group: { readonly id: string; readonly displayName: string } | null
  /** What the kind has to say beside: from and to of a rename, the former id of a claim. */
  readonly details: Details | null
  /** The first of them. */
  readonly people: readonly HistoryPerson[]
  readonly peopleCount: number
}

export interface EntryPage {
  readonly entries: readonly HistoryEntry[]
  /** The position to ask for the next page with. */
  readonly next: number | undefined
}

export interface PageQuery {
  readonly after?: number | undefined
  readonly limit?: number | undefined
}

const PAGE = 50
/** People that an entry shows by itself. */
const SHOWN = 5
const PEOPLE_PAGE = 100

/** The changes of a group, the newest first. */
export async function groupEntries(
  reader: Reader,
  workspace: number,
  group: number,
  { after = Number.MAX_SAFE_INTEGER, limit = PAGE }: PageQuery = {},
): Promise<EntryPage> {
  return pageOf(reader, workspace, await changesOfGroup(reader, workspace, group, { before: after, limit }), limit)
}

/** The changes that name a person, the newest first. */
export async function personEntries(
  reader: Reader,
  workspace: number,
  person: number,
  { after = Number.MAX_SAFE_INTEGER, limit = PAGE }: PageQuery = {},
): Promise<EntryPage> {
  return pageOf(reader, workspace, await changesOfPerson(reader, workspace, person, { before: after, limit }), limit)
}

/** Changes that are told of one request. */
const OF_REQUEST = 100

/** What one request changed of a group or a person, in the order in which it did: the first of it, where it is very much. */
export async function requestEntries(
  reader: Reader,
  workspace: number,
  { group, person }: { readonly group?: number | undefined; readonly person?: number | undefined },
  moment: RequestMoment,
): Promise<readonly HistoryEntry[]> {
  const ofGroup = group === undefined ? [] : await changesOfRequest(reader, workspace, group, moment)
  const ofPerson = person === undefined ? [] : await personChangesOfRequest(reader, workspace, person, moment)
  const changes = [...ofGroup, ...ofPerson].reverse().slice(0, OF_REQUEST)
  return (await pageOf(reader, workspace, changes, OF_REQUEST)).entries
}

/** The people of one change; `next` asks for the page after. */
export async function changePeople(
  reader: Reader,
  workspace: number,
  change: number,
  { after = 0, limit = PEOPLE_PAGE }: PageQuery = {},
): Promise<{ people: HistoryPerson[]; next: number | undefined }> {
  const keys = await peopleOfChange(reader, workspace, change, { after, limit })
  return { people: await shownPeople(reader, workspace, keys), next: keys.length < limit ? undefined : keys.at(-1) }
}

/** In the order of the keys. */
export async function shownPeople(
  reader: Reader,
  workspace: number,
  keys: readonly number[],
): Promise<HistoryPerson[]> {
  return shownAmong(await memberNames(reader, workspace, keys), keys)
}

function shownAmong(names: ReadonlyMap<number, MemberRow>, keys: readonly number[]): HistoryPerson[] {
  return keys
    .map((key) => names.get(key))
    .filter((row) => row !== undefined)
    .map(({ id, shown_name }) => ({ id, displayName: shown_name }))
}

export function toCause(change: StoredChange, operation: number | null): Cause {
  return {
    position: change.key,
    at: change.at,
    actor: { kind: change.actor, label: change.actor_label },
    request: change.request,
    operation: operation === null ? null : operation + 1,
  }
}

export function detailsOf({ details }: StoredChange): Details | null {
  return details === null ? null : (JSON.parse(details) as Details)
}

async function pageOf(
  reader: Reader,
  workspace: number,
  changes: readonly StoredChange[],
  limit: number,
): Promise<EntryPage> {
  const keys = new Map<number, number[]>()
  for (const { key } of changes) keys.set(key, await peopleOfChange(reader, workspace, key, { after: 0, limit: SHOWN }))
  const names = await memberNames(reader, workspace, [...new Set([...keys.values()].flat())])
  const entries = changes.map((change) => ({
    ...toCause(change, change.operation),
    id: change.id,
    kind: change.kind,
    group: change.group_id === null ? null : { id: change.group_id, displayName: change.group_name ?? change.group_id },
    details: detailsOf(change),
    people: shownAmong(names, keys.get(change.key) ?? []),
    peopleCount: change.people_count,
  }))
  return { entries, next: changes.length < limit ? undefined : changes.at(-1)?.key }
}
