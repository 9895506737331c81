import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toDateTime } from '../../src/base/clock.ts'
import { fold } from '../../src/base/fold.ts'
import { isObject, type JsonObject } from '../../src/base/json.ts'
import { ENTERPRISE_SCHEMA } from '../../src/protocol/schemas/enterprise.ts'
import { GROUP_SCHEMA } from '../../src/protocol/schemas/group.ts'
import { USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { USER_SCHEMA } from '../../src/protocol/schemas/user.ts'
import { searchDocument } from '../../src/protocol/searchDocument.ts'
import { insertGroup, updateGroup } from '../../src/store/groups.ts'
import { addMembers } from '../../src/store/memberships.ts'
import {
  AddressKind,
  insertPeople,
  type PersonRow,
  type PersonState,
  replaceAddresses,
} from '../../src/store/people.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import type { Store, Writer } from '../../src/store/store.ts'
import { insertWorkspace } from '../../src/store/workspaces.ts'

/** How properties run: the same on every machine unless a seed is given. */
export const RUN = { seed: Number(process.env.FC_SEED ?? 42), numRuns: 300 }

export const BASE_URL = 'https://scim.example/v2'

export interface Person {
  readonly id: string
  readonly state: PersonState
  /** What SCIM shows, with `active`; people without state pending or account have none. */
  readonly view?: JsonObject
  readonly version?: number
  readonly created?: number
  readonly updated?: number
}

export interface Group {
  readonly id: string
  readonly displayName: string
  readonly externalId?: string
  readonly members?: readonly string[]
  readonly version?: number
  readonly created?: number
  readonly updated?: number
}

export interface Content {
  readonly people: readonly Person[]
  readonly groups: readonly Group[]
}

/** An embedded store in a folder of its own, closed and gone with `await using`. */
export async function openStore(): Promise<Store & AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-query-'))
  const store = await openSqlite({ file: join(folder, 'store.db') })
  const dispose = async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return Object.assign(store, { [Symbol.asyncDispose]: dispose })
}

let workspaces = 0

/** Makes a workspace of its own; answers its key. */
export async function addWorkspace(store: Store, content: Content): Promise<number> {
  workspaces += 1
  const slug = `w${workspaces}`
  return store.write(async (writer) => {
    const { key } = await insertWorkspace(writer, { ...SETTINGS, slug, name: slug })
    const people = await addPeople(writer, key, content.people)
    for (const group of content.groups) await addGroup(writer, key, group, people)
    return key
  })
}

const SETTINGS = {
  scim: 1,
  unknown_members: 'record',
  unknown_users: 'refuse',
  suspended: 'apply',
  activity_days: 90,
  pending_days: 180,
  guard_on: 0,
  guard_limit: 20,
  created_at: 0,
} as const

/** Answers keys by id. */
export async function addPeople(
  writer: Writer,
  workspace: number,
  people: readonly Person[],
): Promise<Map<string, number>> {
  const keys = new Map((await insertPeople(writer, workspace, people.map(rowOf))).map(({ id, key }) => [id, key]))
  const addresses = people.flatMap(({ id, view }) =>
    emailsOf(view).map((address) => ({ kind: AddressKind.view, address, person: keys.get(id) ?? 0 })),
  )
  await replaceAddresses(writer, workspace, [], addresses)
  return keys
}

function rowOf({ id, state, view, version = 1, created = 0, updated = created }: Person): Omit<PersonRow, 'key'> {
  const shown = view && shownName(view)
  return {
    id,
    state,
    suspended: view?.active === false ? 1 : 0,
    user_name: null,
    display_name: null,
    emails: null,
    record: null,
    name: typeof view?.userName === 'string' ? fold(view.userName) : null,
    shown_name: shown ?? null,
    external_id: typeof view?.externalId === 'string' ? view.externalId : null,
    search: view && shown !== undefined ? JSON.stringify({ ...searchDocument(view, USER), shown: fold(shown) }) : null,
    version,
    created_at: created,
    updated_at: updated,
  }
}

function shownName({ displayName, userName }: JsonObject): string {
  return String(displayName ?? userName)
}

// Empty addresses find nobody, so they are not kept.
function emailsOf(view: JsonObject | undefined): string[] {
  const emails = Array.isArray(view?.emails) ? view.emails : []
  const values = emails.map((email) => (isObject(email) && typeof email.value === 'string' ? email.value : ''))
  return values.filter((value) => value !== '').map(fold)
}

export async function addGroup(
  writer: Writer,
  workspace: number,
  { id, displayName, externalId, members = [], version = 1, created = 0, updated = created }: Group,
  people: ReadonlyMap<string, number> = new Map(),
): Promise<void> {
  const written = { external_id: externalId ?? null, display_name: displayName, name: fold(displayName), managed: 0 }
  const group = await insertGroup(writer, { workspace, id, ...written, at: created })
  if (group === undefined) throw new Error('the workspace is gone')
  const keys = members.map((member) => people.get(member) ?? 0)
  await addMembers(writer, workspace, group.key, keys)
  await updateGroup(writer, workspace, {
    ...written,
    key: group.key,
    version,
    member_count: members.length,
    updated_at: updated,
  })
}

/** Groups as SCIM shows them. */
export function groupResources({ groups, people }: Content): JsonObject[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  return groups.map((group) => ({
    schemas: [GROUP_SCHEMA.id],
    id: group.id,
    ...(group.externalId === undefined ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    members: people.filter(({ id }) => group.members?.includes(id)).map(({ id }) => memberOf(byId.get(id), id)),
    meta: metaOf('Group', group),
  }))
}

function memberOf(person: Person | undefined, id: string): JsonObject {
  if (person?.view === undefined) return { value: id }
  return { value: id, $ref: `${BASE_URL}/Users/${id}`, display: shownName(person.view), type: 'User' }
}

/** People as SCIM shows them. */
export function userResources({ groups, people }: Content): JsonObject[] {
  return people.flatMap((person) => {
    const { id, view } = person
    if (view === undefined) return []
    const held = groups.filter(({ members }) => members?.includes(id))
    const schemas = Object.hasOwn(view, ENTERPRISE_SCHEMA.id)
      ? [USER_SCHEMA.id, ENTERPRISE_SCHEMA.id]
      : [USER_SCHEMA.id]
    return { ...view, schemas, id, groups: held.map(referenceTo), meta: metaOf('User', person) }
  })
}

function referenceTo({ id, displayName }: Group): JsonObject {
  return { value: id, $ref: `${BASE_URL}/Groups/${id}`, display: displayName, type: 'direct' }
}

function metaOf(resourceType: 'User' | 'Group', resource: Person | Group): JsonObject {
  const { id, version = 1, created = 0, updated = created } = resource
  return {
    resourceType,
    created: toDateTime(created),
    lastModified: toDateTime(updated),
    location: `${BASE_URL}/${resourceType}s/${id}`,
    version: `W/"${version}"`,
  }
}
