import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { HostPerson } from '../../src/provisioning/people/account.ts'
import type { WorkspaceSettings } from '../../src/provisioning/workspaces.ts'
import { createScim, type Scim } from '../../src/scim.ts'
import { openSqlite, type SqliteOptions } from '../../src/store/sqlite/open.ts'
import { statement } from '../../src/store/statement.ts'
import { emptyStore, STORE, TABLES } from '../stores.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A body as a client reads it: whatever of these fields the answer has. */
export interface Body {
  readonly id: string
  readonly schemas: readonly string[]
  readonly userName: string
  readonly externalId?: string
  readonly displayName?: string
  readonly name?: Readonly<Record<string, string>>
  readonly emails?: readonly Readonly<Record<string, unknown>>[]
  readonly active: boolean
  readonly groups: readonly Readonly<Record<string, string>>[]
  readonly members: readonly Readonly<Record<string, string>>[]
  readonly meta: Readonly<Record<string, string>>
  readonly totalResults: number
  readonly Resources: readonly Body[]
  readonly detail: string
  readonly scimType?: string
  readonly [attribute: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

export interface Change {
  readonly kind: string
  readonly group: string | null
  /** Ids that the people of the change have now. */
  readonly people: readonly (string | null)[]
  readonly actor: string
  readonly label: string
  readonly request: string | null
  readonly operation: number | null
  readonly count: number
  readonly details: unknown
}

/** A time that tests set. */
export interface TestClock {
  now: number
}

const opened: { scim: Scim; discard: () => Promise<void> }[] = []

afterEach(async () => {
  for (const { scim, discard } of opened.splice(0)) {
    await scim.close()
    await discard()
  }
})

/**
 * A service of its own with one workspace, `acme`, and a token for it; closed and gone after the test. `connect` opens the
 * connections of an SQLite store in which faults are injected.
 */
export async function openService(
  settings: Partial<WorkspaceSettings> = {},
  connect?: SqliteOptions['connect'],
): Promise<Client> {
  const clock: TestClock = { now: Date.UTC(2026, 0, 31, 12) }
  const { database: empty, folder, discard } = await emptyStore()
  const database = connect ? await openSqlite({ file: join(folder, 'store.db'), connect }) : empty
  const scim = await createScim({
    database,
    publicUrl: 'https://scim.example',
    clock: () => clock.now,
    rateLimit: { perSecond: 0, burst: 0 },
    onFault: (error) => {
      throw error
    },
  })
  opened.push({ scim, discard })
  return addWorkspace({ scim, folder, clock }, 'acme', settings)
}

export async function addWorkspace(
  { scim, folder, clock }: Pick<Client, 'scim' | 'folder' | 'clock'>,
  workspace: string,
  settings: Partial<WorkspaceSettings> = {},
): Promise<Client> {
  await scim.workspaces.create(workspace, { name: `${workspace} Inc.`, scim: true, ...settings })
  const { text } = await scim.tokens.issue(workspace, { label: 'Entra', createdBy: 'test' })
  return new Client(scim, workspace, text, folder, clock)
}

/** A provider of one workspace, beside the host application's calls and what the store holds. */
export class Client {
  readonly scim: Scim
  readonly workspace: string
  readonly token: string
  readonly folder: string
  readonly clock: TestClock

  constructor(scim: Scim, workspace: string, token: string, folder: string, clock: TestClock) {
    this.scim = scim
    this.workspace = workspace
    this.token = token
    this.folder = folder
    this.clock = clock
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const request = new Request(`${this.scim.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/scim+json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await this.scim.fetch(request)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? ({} as Body) : JSON.parse(text) }
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers)
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, body)
  }

  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.send('PUT', path, body, headers)
  }

  patch(path: string, operations: readonly unknown[], headers?: Record<string, string>): Promise<Answer> {
    return this.send('PATCH', path, { schemas: [PATCH_OP], Operations: operations }, headers)
  }

  delete(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers)
  }

  /** The ids that a filter finds. */
  async find(filter: string): Promise<string[]> {
    const { status, body } = await this.get(`/Users?filter=${encodeURIComponent(filter)}`)
    if (status !== 200) throw new Error(`${status}: ${body.detail}`)
    return body.Resources.map(({ id }) => id)
  }

  /** What the host application says of people; answers their ids. */
  async upsert(...people: HostPerson[]): Promise<readonly string[]> {
    return (await this.scim.people.upsert(this.workspace, people)).ids
  }

  remove(...ids: string[]): Promise<string[]> {
    return this.scim.people.remove(this.workspace, ids)
  }

  /** A pending person, made by the provider. */
  async pending(userName: string, attributes: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await this.post('/Users', { schemas: [USER_SCHEMA], userName, ...attributes })
    if (status !== 201) throw new Error(`${status}: ${body.detail}`)
    return body.id
  }

  async group(displayName: string, ...members: string[]): Promise<string> {
    const { status, body } = await this.post('/Groups', { displayName, members: members.map((value) => ({ value })) })
    if (status !== 201) throw new Error(`${status}: ${body.detail}`)
    return body.id
  }

  addMembers(group: string, ...members: string[]): Promise<Answer> {
    const value = members.map((member) => ({ value: member }))
    return this.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value }])
  }

  removeMembers(group: string, ...members: string[]): Promise<Answer> {
    const value = members.map((member) => ({ value: member }))
    return this.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members', value }])
  }

  /** Who SCIM says is in a group, sorted. */
  async members(group: string): Promise<string[]> {
    const { body } = await this.get(`/Groups/${group}`)
    return body.members.map(({ value }) => value as string).sort()
  }

  async version(path: string): Promise<string> {
    return (await this.get(path)).headers.get('etag') ?? ''
  }

  /** What counts of a group's memberships for the host, by member. */
  async states(group: string): Promise<Record<string, string>> {
    const { members } = await this.scim.groups.membersWithStates(this.workspace, group)
    return Object.fromEntries(members.map(({ id, state }) => [id, state]))
  }

  sql<Row>(text: string): Promise<Row[]> {
    return this.scim.store.all(statement<Row>(text), {})
  }

  async #tablesWith(text: string): Promise<string[]> {
    const found: string[] = []
    for (const table of TABLES) {
      const rows = await this.sql<{ row: string }>(`select x::text as row from {${table}} x`)
      if (rows.some(({ row }) => row.toLowerCase().includes(text.toLowerCase()))) found.push(table)
    }
    return found
  }

  /** Changes of the workspace, the oldest first; those of some kinds, if any are named. */
  async changes(...kinds: string[]): Promise<Change[]> {
    type Row = Omit<Change, 'people' | 'details'> & { people: string; details: string | null }
    const rows = await this.sql<Row>(`
      select c.kind, c.group_name as "group", c.actor, c.actor_label as label, c.request, c.operation,
        c.people_count as count, c.details,
        collect(p.id from {change_people} x left join {people} p on p.key = x.person_key
          where x.workspace_id = c.workspace_id and x.change_key = c.key) as people
      from {changes} c join {workspaces} w on w.key = c.workspace_id
      where w.slug = '${this.workspace}' order by c.key`)
    return rows
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .map(({ people, details, ...row }) => ({
        ...row,
        people: (JSON.parse(people) as (string | null)[]).sort(),
        details: details === null ? null : JSON.parse(details),
      }))
  }

  /** Changes as short texts: kind, group, people. */
  async story(...kinds: string[]): Promise<string[]> {
    const changes = await this.changes(...kinds)
    return changes.map(({ kind, group, people }) => [kind, ...(group === null ? [] : [group]), ...people].join(' '))
  }

  /** The store's files, or tables where files are the server's, that hold a text in any case, after everything that waits has been written. */
  async filesWith(text: string): Promise<string[]> {
    await this.scim.flush()
    if (STORE === 'postgres') return this.#tablesWith(text)
    return readdirSync(this.folder).filter((file) =>
      readFileSync(join(this.folder, file)).toString('latin1').toLowerCase().includes(text.toLowerCase()),
    )
  }
}

/** The attributes of a body that `expected` speaks of; undefined where the body lacks one. */
export function asFarAs(expected: Readonly<Record<string, unknown>>, body: Body): Record<string, unknown> {
  return Object.fromEntries(Object.keys(expected).map((name) => [name, body[name]]))
}

/** Groups whose member count is not that of their members. */
export function wrongCounts(client: Client): Promise<unknown[]> {
  return client.sql(`
    select g.id, g.member_count, count(m.person_key) as members from {groups} g
    left join {memberships} m on m.workspace_id = g.workspace_id and m.group_key = g.key
    group by g.workspace_id, g.key having g.member_count <> count(m.person_key)`)
}

/** Rows of people's own tables that name a person who is not there. */
export function danglingRows(client: Client): Promise<unknown[]> {
  const tables = ['memberships', 'person_names', 'person_addresses', 'person_aliases', 'change_people']
  const selects = tables.map(
    (table) => `
    select '${table}' as "table", x.person_key from {${table}} x
    where not exists (select 1 from {people} p where p.workspace_id = x.workspace_id and p.key = x.person_key)`,
  )
  return client.sql(selects.join(' union all '))
}
