import { toDateTime } from '../../base/clock.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import { type Projection, project, wantedSubAttributes, wants } from '../../protocol/projection.ts'
import { GROUP, GROUP_SCHEMA } from '../../protocol/schemas/index.ts'
import type { GroupRow, GroupSnapshot } from '../../store/groups.ts'
import { type MemberRow, memberNames } from '../../store/memberNames.ts'
import { PersonState } from '../../store/people.ts'
import { breathe, type Reader } from '../../store/store.ts'
import { etag } from '../versions.ts'

/** What rendering needs to know of the request. */
export interface Rendering {
  readonly reader: Reader
  readonly workspace: number
  readonly baseUrl: string
  readonly projection: Projection
}

/** Members whose names are read at once, between two turns of the event loop; 1,000 take about a millisecond. */
const PIECE = 1_000

export function groupLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Groups/${id}`
}

/** A group without members. */
export function renderGroup(rendering: Rendering, group: GroupRow): string {
  const { open, close } = frame(rendering, group)
  return open + close
}

/** Groups with their members, as pieces of text; `separator` stands between two groups. */
export async function* renderGroups(
  rendering: Rendering,
  snapshots: readonly GroupSnapshot[],
  separator = ',',
): AsyncGenerator<string> {
  let first = true
  for (const batch of batches(snapshots)) {
    if (!first) await breathe()
    const [only] = batch
    if (batch.length === 1 && only && only.members.length > PIECE) {
      if (!first) yield separator
      yield* renderLarge(rendering, only)
    } else {
      const texts = await renderBatch(rendering, batch)
      yield (first ? '' : separator) + texts.join(separator)
    }
    first = false
  }
}

/** Groups with few members, each as a text of its own. */
export async function renderEach(rendering: Rendering, snapshots: readonly GroupSnapshot[]): Promise<string[]> {
  const texts: string[] = []
  for (const batch of batches(snapshots)) texts.push(...(await renderBatch(rendering, batch)))
  return texts
}

async function renderBatch(rendering: Rendering, batch: readonly GroupSnapshot[]): Promise<string[]> {
  const names = await namesOf(
    rendering,
    batch.flatMap(({ members }) => members),
  )
  return batch.map(({ group, members }) => {
    const { open, close } = frame(rendering, group)
    return `${open},"members":[${renderMembers(rendering, members, names)}]${close}`
  })
}

async function* renderLarge(rendering: Rendering, { group, members }: GroupSnapshot): AsyncGenerator<string> {
  const { open, close } = frame(rendering, group)
  yield `${open},"members":[`
  let separator = ''
  let keys = members.slice(0, PIECE)
  let coming = namesOf(rendering, keys)
  for (let start = PIECE; keys.length > 0; start += PIECE) {
    const names = await coming
    const next = members.slice(start, start + PIECE)
    // PostgreSQL looks for the next names while these are written. Nobody may be left to wait for them.
    coming = namesOf(rendering, next)
    coming.catch(() => {})
    const text = renderMembers(rendering, keys, names)
    keys = next
    if (text !== '') {
      yield separator + text
      separator = ','
    }
    await breathe()
  }
  yield `]${close}`
}

/** Groups one after the other, as many as have {@link PIECE} members together. */
function* batches(snapshots: readonly GroupSnapshot[]): Generator<GroupSnapshot[]> {
  let batch: GroupSnapshot[] = []
  let count = 0
  for (const snapshot of snapshots) {
    if (batch.length > 0 && count + snapshot.members.length > PIECE) {
      yield batch
      batch = []
      count = 0
    }
    batch.push(snapshot)
    count += snapshot.members.length
  }
  if (batch.length > 0) yield batch
}

function namesOf({ reader, workspace }: Rendering, keys: readonly number[]): Promise<Map<number, MemberRow>> {
  return keys.length === 0 ? Promise.resolve(new Map()) : memberNames(reader, workspace, keys)
}

/** Everything of a group but its members: before them, and behind. */
function frame({ baseUrl, projection }: Rendering, group: GroupRow): { open: string; close: string } {
  const resource: JsonObject = {
    schemas: [GROUP_SCHEMA.id],
    id: group.id,
    ...(group.external_id !== null && { externalId: group.external_id }),
    displayName: group.display_name,
    meta: {
      resourceType: 'Group',
      created: toDateTime(group.created_at),
      lastModified: toDateTime(group.updated_at),
      location: groupLocation(baseUrl, group.id),
      version: etag(group.version),
    },
  }
  const text = JSON.stringify(isWhole(projection) ? resource : project(resource, projection, GROUP))
  return { open: text.slice(0, -1), close: '}' }
}

/** Whether all is wanted of a group, its members aside. */
export function isWhole({ selected, excluded, narrowed }: Projection): boolean {
  return (
    selected === undefined &&
    narrowed.size === 0 &&
    (excluded.size === 0 || (excluded.size === 1 && excluded.has('members')))
  )
}

function renderMembers(rendering: Rendering, keys: readonly number[], names: Map<number, MemberRow>): string {
  const narrowed = wantedSubAttributes(rendering.projection, 'members')
  const texts: string[] = []
  for (const key of keys) {
    const row = names.get(key)
    if (!row) continue
    if (narrowed) {
      const member = narrow(memberOf(rendering.baseUrl, row), narrowed)
      if (Object.keys(member).length > 0) texts.push(JSON.stringify(member))
    } else texts.push(renderMember(rendering.baseUrl, row))
  }
  return texts.join(',')
}

// Put together by hand: JSON.stringify of an object for each member took three times as long at 100,000 members.
function renderMember(baseUrl: string, { id, state, shown_name }: MemberRow): string {
  if (state < PersonState.pending) return `{"value":"${id}"}`
  return `{"value":"${id}","$ref":"${baseUrl}/Users/${id}","display":${JSON.stringify(shown_name)},"type":"User"}`
}

function memberOf(baseUrl: string, { id, state, shown_name }: MemberRow): JsonObject {
  if (state < PersonState.pending) return { value: id }
  return { value: id, $ref: `${baseUrl}/Users/${id}`, display: shown_name, type: 'User' }
}

function narrow(member: JsonObject, wanted: ReadonlySet<string>): JsonObject {
  const narrowed: JsonObject = {}
  for (const name of Object.keys(member)) if (wanted.has(name)) narrowed[name] = member[name] as Json
  return narrowed
}

/** Whether members have to be read at all. */
export function wantsMembers(projection: Projection): boolean {
  return wants(projection, 'members')
}
