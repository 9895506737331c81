import { toDateTime } from '../../base/clock.ts'
import type { JsonObject } from '../../base/json.ts'
import { project, wants } from '../../protocol/projection.ts'
import { ENTERPRISE_SCHEMA, USER, USER_SCHEMA } from '../../protocol/schemas/index.ts'
import { viewOf } from '../../provisioning/people/view.ts'
import { groupCounts, groupsOf } from '../../store/memberships.ts'
import type { PersonRow } from '../../store/people.ts'
import { breathe } from '../../store/store.ts'
import { etag } from '../versions.ts'
import type { Rendering } from './groups.ts'

/** References to groups on one page at the most; as with members, a page ends there. */
export const PAGE_REFERENCES = 100_000

/** People rendered between two turns of the event loop. */
const PIECE = 200

export function userLocation(baseUrl: string, id: string): string {
  return `${baseUrl}/Users/${id}`
}

/** People as pieces of text, with commas between. */
export async function* renderUsers(rendering: Rendering, people: readonly PersonRow[]): AsyncGenerator<string> {
  for (let start = 0; start < people.length; start += PIECE) {
    if (start > 0) await breathe()
    const piece = people.slice(start, start + PIECE)
    const groups = await groupsByPerson(rendering, piece)
    const texts = piece.map((person) => JSON.stringify(resourceOf(rendering, person, groups.get(person.key) ?? [])))
    yield (start === 0 ? '' : ',') + texts.join(',')
  }
}

export async function renderUser(rendering: Rendering, person: PersonRow): Promise<string> {
  const groups = await groupsByPerson(rendering, [person])
  return JSON.stringify(resourceOf(rendering, person, groups.get(person.key) ?? []))
}

/** How many of the people fit on a page with the groups that they are in; one at least. */
export async function fittingUsers(rendering: Rendering, people: readonly PersonRow[]): Promise<number> {
  if (!wants(rendering.projection, 'groups') || people.length < 2) return people.length
  const keys = people.map(({ key }) => key)
  const counts = await groupCounts(rendering.reader, rendering.workspace, keys)
  let total = 0
  for (const [index, key] of keys.entries()) {
    total += counts.get(key) ?? 0
    if (total > PAGE_REFERENCES && index > 0) return index
  }
  return people.length
}

async function groupsByPerson(
  { reader, workspace, baseUrl, projection }: Rendering,
  people: readonly PersonRow[],
): Promise<Map<number, JsonObject[]>> {
  const byPerson = new Map<number, JsonObject[]>()
  if (!wants(projection, 'groups')) return byPerson
  const keys = people.map(({ key }) => key)
  for (const { person_key, id, display_name } of await groupsOf(reader, workspace, keys)) {
    const group = { value: id, $ref: `${baseUrl}/Groups/${id}`, display: display_name, type: 'direct' }
    const list = byPerson.get(person_key)
    if (list) list.push(group)
    else byPerson.set(person_key, [group])
  }
  return byPerson
}

function resourceOf({ baseUrl, projection }: Rendering, person: PersonRow, groups: JsonObject[]): JsonObject {
  const view = viewOf(person)
  const schemas = [USER_SCHEMA.id, ...(Object.hasOwn(view, ENTERPRISE_SCHEMA.id) ? [ENTERPRISE_SCHEMA.id] : [])]
  const resource: JsonObject = {
    schemas,
    id: person.id,
    ...view,
    groups,
    meta: {
      resourceType: 'User',
      created: toDateTime(person.created_at),
      lastModified: toDateTime(person.updated_at),
      location: userLocation(baseUrl, person.id),
      version: etag(person.version),
    },
  }
  return project(resource, projection, USER)
}
